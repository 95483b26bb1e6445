package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** All partners, read from {@code routes/<partner>/partner.yaml} and checked as a whole. */
public final class PartnerDirectory {

    private static final String FILE = "partner.yaml";

    /** Channel 1 of GB/T 39046 A.5. */
    private static final String COUNTER = "1";

    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final Map<String, Partner> partners;

    private PartnerDirectory(Map<String, Partner> partners) {
        this.partners = partners;
    }

    /**
     * Reads and checks every partner.
     *
     * @param placeholders resolves {@code ${…}} in values
     * @throws PartnersRefused with every fault of every file
     */
    public static PartnerDirectory load(Path routes, UnaryOperator<String> placeholders) {
        Look look = look(routes, placeholders, Map.of());
        List<String> faults = new ArrayList<>(
                look.faults().values().stream().flatMap(List::stream).distinct().toList());
        faults.addAll(EnrichBlock.unmatched(look.partners().values()));
        faults.addAll(SenderBlock.unmatched(look.partners().values()));
        if (!faults.isEmpty()) {
            throw new PartnersRefused(faults);
        }
        return new PartnerDirectory(look.partners());
    }

    /**
     * What each file says by itself.
     *
     * @param partners those without a fault
     * @param faults of the others, by their ids
     */
    public record Look(Map<String, Partner> partners, Map<String, List<String>> faults) {}

    /**
     * Reads every partner, and is not kept by the faults of one from reading another.
     *
     * @param instead texts that are not in their files yet, by the partners' ids
     */
    public static Look look(Path routes, UnaryOperator<String> placeholders, Map<String, String> instead) {
        Look look = new Look(new TreeMap<>(), new TreeMap<>());
        Set<String> ids = new TreeSet<>(instead.keySet());
        files(routes).forEach(file -> ids.add(file.getParent().getFileName().toString()));
        for (String id : ids) {
            Path file = file(routes, id);
            List<String> faults = new ArrayList<>();
            try {
                String text = instead.containsKey(id) ? instead.get(id) : Files.readString(file);
                JsonNode tree = YAML.readTree(placeholders.apply(text));
                new PartnerBlock(id, file, tree, faults)
                        .read()
                        .ifPresent(partner -> look.partners().put(id, partner));
            } catch (JacksonException | IllegalArgumentException unreadable) {
                faults.add("%s: not readable as YAML: %s".formatted(file, unreadable.getMessage()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            if (!faults.isEmpty()) {
                look.faults().put(id, faults);
            }
        }
        ExchangeBlock.shared(look.partners().values()).forEach((id, fault) -> {
            look.partners().remove(id);
            look.faults().put(id, List.of(fault));
        });
        return look;
    }

    /** Where a partner's block of configuration is. */
    public static Path file(Path routes, String id) {
        return routes.resolve(id).resolve(FILE);
    }

    private static List<Path> files(Path routes) {
        try (Stream<Path> folders = Files.list(routes)) {
            return folders.map(folder -> folder.resolve(FILE))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("The routes directory %s cannot be read".formatted(routes), failure);
        }
    }

    public Optional<Partner> find(String id) {
        return Optional.ofNullable(id).map(partners::get);
    }

    /** @throws IllegalArgumentException for an id that is no partner's */
    public Partner partner(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("There is no partner %s".formatted(id)));
    }

    /** The partner through which centres work on a sender's cases: itself where its configuration names no other. */
    public String desk(String sender) {
        return find(sender).flatMap(partner -> partner.sending().centres()).orElse(sender);
    }

    /**
     * Whether a partner may see and continue a case of this sender: its own, or one of another channel that came to its counter.
     *
     * @param channel by which the case came last
     */
    public boolean handles(String partner, String sender, String channel) {
        return sender.equals(partner) || COUNTER.equals(channel) && desk(sender).equals(partner);
    }

    public Collection<Partner> all() {
        return partners.values();
    }
}
