package org.shuniu.console;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What people are at the console; whoever has several roles has the rights of all. */
public enum Role {
    VIEWER(Right.METADATA),
    OPERATOR(Right.METADATA, Right.REPLAY, Right.HALT, Right.STEER),
    /** The second person of what needs two. */
    APPROVER(Right.METADATA, Right.APPROVE, Right.HALT),
    ENGINEER(Right.METADATA, Right.BODY, Right.TRY, Right.REPLAY, Right.HALT),
    AUDITOR(Right.METADATA, Right.AUDIT),
    ADMINISTRATOR(Right.METADATA, Right.USERS);

    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = Set.of(rights);
    }

    boolean grants(Right right) {
        return rights.contains(right);
    }

    /** As it is written and kept. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a word, where there is one. */
    public static Optional<Role> of(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
    }
}
