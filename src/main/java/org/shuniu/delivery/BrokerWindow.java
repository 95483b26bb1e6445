package org.shuniu.delivery;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many more deliveries of each partner the broker may hold: what the database knew at the last look, less what was
 * sent since, plus what came out again. Between two looks it is a good guess; nothing but speed depends on it.
 */
final class BrokerWindow {

    private final int size;
    private final Map<String, AtomicInteger> rooms = new ConcurrentHashMap<>();

    BrokerWindow(int size) {
        this.size = size;
    }

    /** Takes a place; false when the partner's window is full or closed. */
    boolean take(String partner) {
        return room(partner).getAndUpdate(room -> Math.max(0, room - 1)) > 0;
    }

    /** A message of this partner has left the broker. */
    void left(String partner) {
        room(partner).getAndUpdate(room -> room > 0 ? Math.min(size, room + 1) : room);
    }

    /** Opens the window for what the broker does not hold yet. */
    void open(String partner, int held) {
        room(partner).set(Math.max(0, size - held));
    }

    /** Nothing goes to the broker before the next look: the partner is paused or its queue refuses. */
    void close(String partner) {
        room(partner).set(0);
    }

    /** Takes all places at once. */
    int takeAll(String partner) {
        return room(partner).getAndSet(0);
    }

    void giveBack(String partner, int places) {
        room(partner).getAndUpdate(room -> Math.min(size, room + places));
    }

    private AtomicInteger room(String partner) {
        return rooms.computeIfAbsent(partner, id -> new AtomicInteger());
    }
}
