package org.shuniu.partner;

import java.util.Optional;
import java.util.Set;

/**
 * What a partner that hands in applications may do besides.
 *
 * @param channels codes of GB/T 39046 A.5 that its applications may name; empty for all
 * @param centres the partner through which centres work on its cases; empty where that is itself
 * @param showing its part when a citizen shows a certificate
 */
public record Sending(Set<String> channels, Optional<String> centres, Optional<Showing> showing) {

    /** The parts in showing a certificate. */
    public enum Showing {
        /** Gives the citizen a code. */
        ISSUES,
        /** Exchanges the code at a counter. */
        EXCHANGES
    }

    public Sending {
        channels = Set.copyOf(channels);
    }

    /** Whether an application of this partner may come by this channel. */
    public boolean mayUse(String channel) {
        return channels.isEmpty() || channels.contains(channel);
    }
}
