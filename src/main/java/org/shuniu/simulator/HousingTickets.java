package org.shuniu.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tickets of the housing commission; a restart forgets them all. */
final class HousingTickets {
    private final Map<String, Integer> generations = new HashMap<>();
    private final Map<String, String> messages = new HashMap<>();
    private final Set<String> served = new HashSet<>();
    private final Set<String> expired = new HashSet<>();

    /** The same ticket for the same message while it can still bring the result. */
    synchronized String issue(String messageId) {
        int generation = generations.getOrDefault(messageId, 0);
        String ticket = ticket(messageId, generation);
        if (served.contains(ticket) || expired.contains(ticket)) {
            generations.put(messageId, ++generation);
            ticket = ticket(messageId, generation);
        }
        messages.put(ticket, messageId);
        return ticket;
    }

    synchronized Optional<String> find(String ticket) {
        return Optional.ofNullable(messages.get(ticket));
    }

    synchronized void expire(String ticket) {
        expired.add(ticket);
    }

    synchronized boolean isExpired(String ticket) {
        return expired.contains(ticket);
    }

    /** Whether this is the first time. */
    synchronized boolean serve(String ticket) {
        return served.add(ticket);
    }

    private static String ticket(String messageId, int generation) {
        return Fingerprint.of("ZJ-T-", messageId + "/" + generation, 20);
    }
}
