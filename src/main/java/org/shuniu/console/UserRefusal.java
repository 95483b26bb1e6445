package org.shuniu.console;

/** Why a user was not made or changed. */
public enum UserRefusal {
    NAME("found %s, expected a to z first, then a to z, 0 to 9, dots and hyphens, 2 to 40 in all"),
    RESERVED("%s stands for the hub, a partner or an operator's program in the audit, expected another name"),
    TAKEN("%s is or was somebody's name, expected one that nobody had: the audit tells people apart by it"),
    UNKNOWN("there is no user %s"),
    NO_ROLE("%s would have no role, expected one or more"),
    NO_SUCH_PARTNER("%s would be limited to a partner that is none, expected ids of partners"),
    OWN("%s may not be locked, removed or kept from making users by %1$s, expected another administrator to do it"),
    LAST_ADMINISTRATOR(
            "%s is the last who can log in and make users: an administrator of all partners, enabled; expected another one first");

    private final String sentence;

    UserRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** @param name the user's */
    public String of(String name) {
        return sentence.formatted(name);
    }
}
