package org.shuniu.command;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows {@code partner} on the command line: an action, a partner's id and options; what is no option here is the hub's. */
final class PartnerWords {

    /** The command line can't be understood. */
    static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unclear(String why) {
            super(why, null, false, false);
        }
    }

    private static final Set<String> OWN = Set.of(
            "name-zh",
            "name-en",
            "division",
            "party",
            "base",
            "directions",
            "contact",
            "certificate",
            "key",
            "purpose",
            "from",
            "until",
            "allow",
            "like");

    private final List<String> words = new ArrayList<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();
    private final List<String> ofTheHub = new ArrayList<>();

    PartnerWords(String... arguments) {
        for (String argument : arguments) {
            String name = argument.startsWith("--") ? argument.substring(2).split("=", 2)[0] : "";
            if (!argument.startsWith("-")) {
                words.add(argument);
            } else if (OWN.contains(name) && argument.contains("=")) {
                options.computeIfAbsent(name, one -> new ArrayList<>())
                        .add(argument.substring(argument.indexOf('=') + 1));
            } else if (name.contains(".")) {
                ofTheHub.add(argument);
            } else {
                throw new Unclear("%s is unknown; expected --name=value with a name of %s, or a setting of the hub"
                        .formatted(argument, OWN.stream().sorted().toList()));
            }
        }
    }

    String action() {
        return words.isEmpty() ? "" : words.get(0);
    }

    Optional<String> partner() {
        if (words.size() > 2) {
            throw new Unclear("%s is too much; expected one partner's id".formatted(words.subList(2, words.size())));
        }
        return words.size() < 2 ? Optional.empty() : Optional.of(words.get(1));
    }

    String requirePartner() {
        return partner().orElseThrow(() -> new Unclear("partner %s: expected a partner's id".formatted(action())));
    }

    String[] ofTheHub() {
        return ofTheHub.toArray(String[]::new);
    }

    List<String> all(String name) {
        return options.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) {
        List<String> values = all(name);
        if (values.size() > 1) {
            throw new Unclear("--%s stands twice".formatted(name));
        }
        return values.stream().findFirst();
    }

    String require(String name) {
        return one(name)
                .filter(value -> !value.isBlank() && value.chars().noneMatch(Character::isISOControl))
                .orElseThrow(() -> new Unclear("--%s: expected a text in one line".formatted(name)));
    }

    List<String> list(String name, String byDefault) {
        return Arrays.stream(one(name).orElse(byDefault).split(","))
                .map(String::strip)
                .toList();
    }

    List<Path> files(String name) {
        return all(name).stream().map(Path::of).toList();
    }

    LocalDate day(String name, LocalDate byDefault) {
        try {
            return one(name).map(LocalDate::parse).orElse(byDefault);
        } catch (DateTimeParseException malformed) {
            throw new Unclear("--%s: found %s, expected a day such as 2026-09-01"
                    .formatted(name, one(name).get()));
        }
    }
}
