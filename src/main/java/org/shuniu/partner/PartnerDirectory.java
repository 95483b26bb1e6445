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
import java.util.TreeMap;
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
        List<String> faults = new ArrayList<>();
        Map<String, Partner> partners = new TreeMap<>();
        for (Path file : files(routes)) {
            String id = file.getParent().getFileName().toString();
            try {
                JsonNode tree = YAML.readTree(placeholders.apply(Files.readString(file)));
                PartnerBlock block = new PartnerBlock(id, file, tree, faults);
                block.read().ifPresent(partner -> partners.put(id, partner));
            } catch (JacksonException | IllegalArgumentException unreadable) {
                faults.add("%s: not readable as YAML: %s".formatted(file, unreadable.getMessage()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        faults.addAll(EnrichBlock.unmatched(partners.values()));
        faults.addAll(SenderBlock.unmatched(partners.values()));
        if (!faults.isEmpty()) {
            throw new PartnersRefused(faults);
        }
        return new PartnerDirectory(partners);
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
