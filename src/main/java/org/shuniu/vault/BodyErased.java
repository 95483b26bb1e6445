package org.shuniu.vault;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

/** A value that nobody can open any more, because the secret of its month was destroyed. */
public final class BodyErased extends VaultFailure {

    private static final long serialVersionUID = 1L;

    private final Instant at;
    private final String rule;

    /**
     * @param at when the secret was destroyed
     * @param rule by which, such as {@code keep 24 months}
     */
    public BodyErased(Instant at, String rule) {
        super("body erased on %s by rule: %s"
                .formatted(at.atOffset(ZoneOffset.UTC).toLocalDate(), rule));
        this.at = at;
        this.rule = rule;
    }

    /** The rule is the hub's own text, of which nothing has to be escaped. */
    byte[] document() {
        return "{\"erased\":{\"at\":\"%s\",\"rule\":\"%s\"}}"
                .formatted(at, rule)
                .getBytes(StandardCharsets.UTF_8);
    }

    public Instant at() {
        return at;
    }

    public String rule() {
        return rule;
    }
}
