package org.shuniu.partner;

import java.util.List;

/** Everything that is wrong with the partners' configuration, at once. */
public final class PartnersRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PartnersRefused(List<String> faults) {
        super("The partners' configuration is refused:\n  " + String.join("\n  ", faults));
    }
}
