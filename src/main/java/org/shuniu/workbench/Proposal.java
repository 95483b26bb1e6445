package org.shuniu.workbench;

import java.time.Instant;
import java.util.List;

/**
 * A changed mapping that somebody wants others to look at.
 *
 * @param number which no other gets
 * @param mapping such as {@code application.out}
 * @param version of the partner's mappings in force, from which it differs
 */
public record Proposal(
        int number, String partner, String mapping, String author, Instant at, String reason, String version) {

    /** The name of the edited file. */
    public String file() {
        return mapping + ".yaml";
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
                shuniu + "diff %s --last 1000 --reason \"%s\"".formatted(name(), mark()),
                shuniu + "rehearse start %s --reason \"%s\"".formatted(partner, mark()),
                shuniu + "rehearse show %s".formatted(partner),
                shuniu + "swap --check-only",
                shuniu + "swap --reason \"%s\"".formatted(mark()));
    }

    /** By which the audit knows it. */
    public String mark() {
        return "proposal-" + number;
    }
}
