package org.shuniu.mapping;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many letters and parts the values have that expressions make of one source. The source may be large, and the language asks about
 * each step of a path through it, so its own parts are weighed once and then known again.
 */
final class Weights {

    /**
     * What one value weighs.
     *
     * @param made without what the source has
     * @param tooLarge whether all of it together is more than may be
     */
    record Weight(long made, boolean tooLarge) {}

    /** A value may hold the source and, inside a list of it, an element that stands in it as item besides. */
    private static final int SOURCE_IN_VALUE = 2;

    private final Supplier<Object> source;
    /** By identity: what each part of the source weighs; null until it is worth the knowing. */
    private @Nullable Map<Object, Integer> parts;

    private long whole;
    private long walked;

    /** @param source as expressions read it */
    Weights(Supplier<Object> source) {
        this.source = source;
    }

    /**
     * Weighs what an expression or a step of it gave; what holds the same part often counts it each time.
     *
     * @param largest that it may weigh beyond the source
     */
    Weight of(@Nullable Object value, int largest) {
        if (parts == null) {
            Weight weight = walk(value, Map.of(), largest);
            walked += weight.made();
            if (walked <= largest) {
                return weight;
            }
            parts = new IdentityHashMap<>();
            whole = learn(source.get());
        }
        return walk(value, parts, largest + SOURCE_IN_VALUE * whole);
    }

    private int learn(Object part) {
        int weight = 1;
        if (part instanceof CharSequence text) {
            weight += text.length();
        } else if (part instanceof Collection<?> list) {
            weight += list.size();
            for (Object child : list) {
                weight += learn(child);
            }
        } else if (part instanceof Map<?, ?> map) {
            for (Object child : map.values()) {
                weight += learn(child);
            }
        } else {
            return weight;
        }
        parts.put(part, weight);
        return weight;
    }

    private static Weight walk(@Nullable Object value, Map<Object, Integer> known, long largest) {
        if (value != null && known.containsKey(value)) {
            // A path joins such lists, each as long as it is.
            return new Weight(value instanceof Collection<?> list ? list.size() : 1, false);
        }
        Deque<Object> left = new ArrayDeque<>();
        push(left, value);
        long weight = 0;
        long made = 0;
        while (!left.isEmpty() && weight <= largest) {
            Object at = left.pop();
            Integer ofSource = known.get(at);
            long own = ofSource == null ? own(at) : 1;
            made += own;
            weight += ofSource == null ? own : ofSource;
            if (ofSource == null && weight <= largest) {
                pushParts(left, at);
            }
        }
        return new Weight(made, weight > largest);
    }

    private static long own(Object part) {
        if (part instanceof CharSequence text) {
            return 1L + text.length();
        }
        return part instanceof Collection<?> list ? 1L + list.size() : 1;
    }

    private static void pushParts(Deque<Object> left, Object part) {
        if (part instanceof Collection<?> list) {
            list.forEach(child -> push(left, child));
        } else if (part instanceof Map<?, ?> map) {
            map.values().forEach(child -> push(left, child));
        }
    }

    private static void push(Deque<Object> left, @Nullable Object value) {
        if (value != null) {
            left.push(value);
        }
    }
}
