package org.shuniu.workbench;

import java.time.Instant;
import java.util.List;

/**
 * A changed mapping, with or without code tables of it, that somebody wants others to look at.
 *
 * @param number which no other gets
 * @param mapping such as {@code application.out}
 * @param files that it changes, by their paths in the partner's folder
 * @param version of the partner's mappings in force, from which it differs
 * @param left what it leaves behind in other files, which whoever takes it up has to mend with it
 */
public record Proposal(
        int number,
        String partner,
        String mapping,
        List<String> files,
        String author,
        Instant at,
        String reason,
        String version,
        List<String> left) {

    public Proposal {
        files = List.copyOf(files);
        left = List.copyOf(left);
    }

    Proposal numbered(int given) {
        return new Proposal(given, partner, mapping, files, author, at, reason, version, left);
    }

    /** As commands name it. */
    public String name() {
        return partner + "/" + mapping;
    }

    /** By which a reviewer takes it up, from the folder of the project. */
    public List<String> commands() {
        String shuniu = "java -jar target/shuniu.jar ";
        return List.of(
                "patch -p1 < %s.patch".formatted(mark()),
                shuniu + "check",
                shuniu + "diff %s --last 1000 --reason \"%s\"".formatted(changesTables() ? partner : name(), mark()),
                shuniu + "rehearse start %s --reason \"%s\"".formatted(partner, mark()),
                shuniu + "rehearse show %s".formatted(partner),
                shuniu + "swap --check-only",
                shuniu + "swap --reason \"%s\"".formatted(mark()));
    }

    /** Other mappings may use them too. */
    private boolean changesTables() {
        return files.stream().anyMatch(file -> file.endsWith(".csv"));
    }

    /** By which the audit knows it. */
    public String mark() {
        return "proposal-" + number;
    }
}
