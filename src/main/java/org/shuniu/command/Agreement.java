package org.shuniu.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.ExchangeProfile;
import picocli.CommandLine.Option;

/** What is agreed with a new region, as the command line says it. */
final class Agreement {

    @Option(
            names = "--division",
            required = true,
            paramLabel = "DIGITS",
            description = "the two digits that its divisions begin with (GB/T 2260), such as 35")
    private String division = "";

    @Option(
            names = "--contact",
            required = true,
            paramLabel = "WHO",
            description = "whom operators call when something is wrong: a duty desk with its number")
    private String contact = "";

    @Option(
            names = "--base",
            paramLabel = "URL",
            description = "the https address where messages are pushed to it; without one it fetches them")
    private @Nullable String base;

    @Option(names = "--party", paramLabel = "URN", description = "its name in envelopes; by default urn:chx:ID:hub")
    private @Nullable String party;

    @Option(
            names = "--directions",
            split = ",",
            paramLabel = "push|pull",
            description = "push, pull or both; by default push where --base is given, or else pull")
    private Set<ExchangeProfile.Direction> directions = Set.of();

    @Option(
            names = "--allow",
            paramLabel = "TYPE=RECEIVER,…",
            description =
                    "a type of message that it may send, and for whom (* for all); repeat for more, without it none")
    private List<String> allow = List.of();

    @Option(
            names = "--like",
            paramLabel = "ID",
            description = "the region whose routes and mappings it gets; by default the first that decides cases")
    private @Nullable String like;

    String contact() {
        return line("--contact", contact);
    }

    String division() {
        if (!division.matches("\\d\\d")) {
            throw new Unclear(
                    "--division: found %s, expected the two digits that its divisions begin with".formatted(division));
        }
        return division;
    }

    Optional<String> base() {
        return Optional.ofNullable(base);
    }

    String party(String id) {
        return party == null ? "urn:chx:%s:hub".formatted(id) : party;
    }

    Set<ExchangeProfile.Direction> directions() {
        ExchangeProfile.Direction usual =
                base == null ? ExchangeProfile.Direction.PULL : ExchangeProfile.Direction.PUSH;
        return directions.isEmpty() ? Set.of(usual) : new TreeSet<>(directions);
    }

    List<String> allow() {
        return allow;
    }

    Optional<String> like() {
        return Optional.ofNullable(like);
    }

    /** @throws Unclear where a text would not stand in one line */
    static String line(String option, String text) {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new Unclear("%s: expected a text in one line".formatted(option));
        }
        return text;
    }
}
