package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import tools.jackson.core.JacksonException;

/** All partners, read from {@code routes/<partner>/partner.yaml} and checked as a whole. */
public final class PartnerDirectory {

    private static final String FILE = "partner.yaml";

    /** Channel 1 of GB/T 39046 A.5. */
    private static final String COUNTER = "1";

    private static final Pattern SETTING = Pattern.compile("^Could not resolve placeholder '([^']*)'");

    /** What stands in the files: read once, and never changed after. */
    private record Content(Path routes, Map<String, Partner> partners) {}

    private volatile Content content;

    private PartnerDirectory(Path routes, Map<String, Partner> partners) {
        this.content = new Content(routes, partners);
    }

    /** From here on it knows whom another knows: whoever has it goes by that with his next question. */
    public void follow(PartnerDirectory next) {
        content = next.content;
    }

    /** As it is now, whatever it follows later. */
    public PartnerDirectory asNow() {
        Content now = content;
        return new PartnerDirectory(now.routes(), now.partners());
    }

    /**
     * Reads and checks every partner.
     *
     * @param placeholders resolves {@code ${…}} in values
     * @throws PartnersRefused with every fault of every file
     */
    public static PartnerDirectory load(Path routes, UnaryOperator<String> placeholders) {
        List<Fault> faults = new ArrayList<>();
        PartnerDirectory all = load(routes, placeholders, faults);
        if (!faults.isEmpty()) {
            throw new PartnersRefused(faults);
        }
        return all;
    }

    /**
     * Reads every partner without a fault.
     *
     * @param faults takes those of the others, and of what partners say of each other
     */
    public static PartnerDirectory load(Path routes, UnaryOperator<String> placeholders, List<Fault> faults) {
        Look look = look(routes, placeholders, Map.of());
        look.faults().values().stream().flatMap(List::stream).distinct().forEach(faults::add);
        Set<String> known = new TreeSet<>(look.partners().keySet());
        known.addAll(look.faults().keySet());
        faults.addAll(EnrichBlock.unmatched(look, id -> file(routes, id)));
        faults.addAll(SenderBlock.unmatched(look.partners().values(), known, id -> file(routes, id)));
        return new PartnerDirectory(routes, look.partners());
    }

    /** Some of them. */
    public PartnerDirectory only(Set<String> ids) {
        Content now = content;
        Map<String, Partner> some = new TreeMap<>(now.partners());
        some.keySet().retainAll(ids);
        return new PartnerDirectory(now.routes(), some);
    }

    /** Something that does not fit what a partner's file says at a key. */
    public Fault fault(String id, String key, String reason, String cure) {
        return Fault.ofKey(file(content.routes(), id), key, reason, cure);
    }

    /**
     * What each file says by itself.
     *
     * @param partners those without a fault
     * @param faults of the others, by their ids
     */
    public record Look(Map<String, Partner> partners, Map<String, List<Fault>> faults) {}

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
            List<Fault> faults = new ArrayList<>();
            try {
                String text = instead.containsKey(id) ? instead.get(id) : Files.readString(file);
                filled(file, text, placeholders, faults)
                        .map(StrictYaml::read)
                        .flatMap(tree -> new PartnerBlock(id, file, YamlLines.of(text), tree, faults).read())
                        .ifPresent(partner -> look.partners().put(id, partner));
            } catch (JacksonException malformed) {
                faults.add(Fault.ofText(file, malformed));
            } catch (CharacterCodingException otherCharset) {
                faults.add(Fault.ofBytes(file));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            if (!faults.isEmpty()) {
                look.faults().put(id, faults);
            }
        }
        ExchangeBlock.shared(look.partners().values(), id -> file(routes, id)).forEach((id, fault) -> {
            look.partners().remove(id);
            look.faults().put(id, List.of(fault));
        });
        return look;
    }

    /** The text with its settings; what can't be filled in is named by the first words of the message, and the rest of that is the file. */
    private static Optional<String> filled(
            Path file, String text, UnaryOperator<String> placeholders, List<Fault> faults) {
        try {
            return Optional.of(placeholders.apply(text));
        } catch (IllegalArgumentException unset) {
            Matcher name = SETTING.matcher(String.valueOf(unset.getMessage()));
            faults.add(
                    name.find()
                            ? new Fault(
                                    file.toString(),
                                    line(text, Pattern.compile("\\$\\{" + Pattern.quote(name.group(1)) + "[:}]")),
                                    "${%s}".formatted(name.group(1)),
                                    "no setting %s fills it in".formatted(name.group(1)),
                                    "one in application.yaml, the environment or the command line, or a default: ${name:default}")
                            : new Fault(
                                    file.toString(),
                                    0,
                                    "",
                                    "what stands in ${…} can't be filled in: " + unset.getMessage(),
                                    "settings that do not name each other in a circle"));
            return Optional.empty();
        }
    }

    /** On which line something stands first, or 0. */
    private static long line(String text, Pattern what) {
        Matcher found = what.matcher(text);
        return found.find()
                ? 1
                        + text.substring(0, found.start())
                                .chars()
                                .filter(letter -> letter == '\n')
                                .count()
                : 0;
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
        return Optional.ofNullable(id).map(content.partners()::get);
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
        return content.partners().values();
    }

    /** The ids of all, in their order. */
    public List<String> ids() {
        return List.copyOf(content.partners().keySet());
    }
}
