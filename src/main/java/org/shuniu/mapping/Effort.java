package org.shuniu.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How much the translation of one message may cost, or one question about a mapping that nobody has reviewed yet: expressions may
 * loop, and grow what they make. All rows together spend of one effort, on one thread.
 */
public final class Effort {

    /** More was asked for than may be spent. */
    public static final class Spent extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Spent(String what) {
            super(what, null, false, false);
        }

        /** As whoever reads of the message is told. */
        String ofMessage() {
            return "all expressions of the message take %s; expected less".formatted(getMessage());
        }
    }

    private static final int DEEPEST = 200;
    private static final Duration LONGEST_OF_MESSAGE = Duration.ofSeconds(2);
    private static final long MOST_STEPS_OF_MESSAGE = 1_000_000;
    private static final long MOST_ROWS_OF_MESSAGE = 500_000;
    /** Letters and parts of one value. */
    private static final int LARGEST = 200_000;
    /** Of all that one expression makes on its way, whether it keeps it or not. */
    private static final long MOST_OF_EXPRESSION = 20_000_000;

    private static final String TOO_LARGE = "the expression makes more than %d letters or parts; expected less";

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration longest;
    private final long end;
    /** When the thread's own work is counted: how much it had done before; else less than nothing. */
    private final long worked;

    private final long mostSteps;
    private final long mostRows;
    private long steps;
    private long rows;
    private int depth;
    private long made;
    private @Nullable String problem;

    private Effort(Duration longest, long mostSteps, long mostRows, long worked) {
        this.worked = worked;
        this.longest = longest;
        this.end = System.nanoTime() + longest.toNanos();
        this.mostSteps = mostSteps;
        this.mostRows = mostRows;
    }

    /**
     * Begins now.
     *
     * @param longest for all together
     * @param steps of expressions
     * @param rows of lists
     */
    public static Effort of(Duration longest, long steps, long rows) {
        return new Effort(longest, steps, rows, -1);
    }

    /**
     * For one message by mappings in force; it begins now. Its time is that in which this thread works: nobody waits for it with a page
     * open, and a message must not be parked because the machine has much else to do.
     */
    static Effort ofMessage() {
        return new Effort(
                LONGEST_OF_MESSAGE, MOST_STEPS_OF_MESSAGE, MOST_ROWS_OF_MESSAGE, THREADS.getCurrentThreadCpuTime());
    }

    /** @throws Spent when these rows are too many, or the time is over */
    void rows(int more) {
        rows += more;
        if (rows > mostRows) {
            throw new Spent("more than %d rows".formatted(mostRows));
        }
        requireTime();
    }

    private void requireTime() {
        // The thread's own clock costs more to read, and is never ahead.
        boolean over = System.nanoTime() - end > 0
                && (worked < 0 || THREADS.getCurrentThreadCpuTime() - worked > longest.toNanos());
        if (over) {
            throw new Spent("longer than %d ms".formatted(longest.toMillis()));
        }
    }

    /**
     * Evaluates an expression.
     *
     * @param called names of what it calls
     * @throws Spent when that is more than may be spent
     * @throws IllegalArgumentException when what it makes is too large, or it failed in a way that has no code
     */
    @Nullable
    Object evaluate(Jsonata.Frame frame, Set<String> called, Callable<Object> expression) throws Exception {
        limit(frame, called);
        try {
            return expression.call();
        } catch (RuntimeException failed) {
            // The library may have put it into a failure of its own.
            requireTime();
            requireSteps();
            if (problem != null) {
                throw new IllegalArgumentException(problem, failed);
            }
            throw failed;
        }
    }

    private void limit(Jsonata.Frame frame, Set<String> called) {
        depth = 0;
        made = 0;
        problem = null;
        frame.setEvaluateEntryCallback((symbol, input, environment) -> enter());
        frame.setEvaluateExitCallback((symbol, input, environment, value) -> leave(value));
        // Those of JSONata's functions that make much of little at once; to bind one takes as long as many a whole
        // expression.
        if (called.contains("pad")) {
            frame.bind("pad", new Jsonata.JFunction((input, values) -> pad(values), "<s-ns?:s>"));
        }
        if (called.contains("replace")) {
            frame.bind("replace", new Jsonata.JFunction((input, values) -> replace(values), "<s-ssn?:s>"));
        }
        if (called.contains("join")) {
            frame.bind("join", new Jsonata.JFunction((input, values) -> join(values), "<a<s>s?:s>"));
        }
    }

    private void enter() {
        steps++;
        depth++;
        requireSteps();
        requireTime();
        if (depth > DEEPEST) {
            throw fails("the expression is more than %d calls deep; expected less".formatted(DEEPEST));
        }
    }

    private void requireSteps() {
        if (steps > mostSteps) {
            throw new Spent("more than %d steps of expressions".formatted(mostSteps));
        }
    }

    private void leave(@Nullable Object value) {
        depth--;
        int weight = weight(value);
        made += weight;
        if (weight > LARGEST) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        if (made > MOST_OF_EXPRESSION) {
            throw fails(TOO_LARGE.formatted(MOST_OF_EXPRESSION));
        }
    }

    private IllegalArgumentException fails(String what) {
        problem = what;
        return new IllegalArgumentException(what);
    }

    /** No more than one beyond the largest: what holds the same part often counts it each time. */
    private static int weight(@Nullable Object value) {
        Deque<Object> left = new ArrayDeque<>();
        push(left, value);
        long weight = 0;
        while (!left.isEmpty() && weight <= LARGEST) {
            Object at = left.pop();
            weight++;
            if (at instanceof CharSequence text) {
                weight += text.length();
            } else if (at instanceof Collection<?> list) {
                weight += list.size();
                if (weight <= LARGEST) {
                    list.forEach(part -> push(left, part));
                }
            } else if (at instanceof Map<?, ?> map) {
                map.values().forEach(part -> push(left, part));
            }
        }
        return (int) Math.min(weight, LARGEST + 1L);
    }

    private static void push(Deque<Object> left, @Nullable Object value) {
        if (value != null) {
            left.push(value);
        }
    }

    private Object pad(List<?> values) {
        Number width = (Number) values.get(1);
        if (Math.abs(width.doubleValue()) > LARGEST) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        return Functions.pad((String) values.get(0), width, (String) at(values, 2));
    }

    private Object replace(List<?> values) {
        String text = (String) values.get(0);
        String by = (String) values.get(2);
        if (text != null && (long) text.length() * by.length() > MOST_OF_EXPRESSION) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        Number most = (Number) at(values, 3);
        return Functions.replace(text, values.get(1), by, most == null ? null : most.intValue());
    }

    /** What it joins was weighed when it was made; what it puts between was not weighed as often as it stands there. */
    private @Nullable Object join(List<?> values) {
        List<?> parts = (List<?>) values.get(0);
        String between = (String) at(values, 1);
        if (parts == null) {
            return null;
        }
        if (between != null && (long) parts.size() * between.length() > LARGEST) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        return Functions.join(parts.stream().map(String.class::cast).toList(), between);
    }

    private static @Nullable Object at(List<?> values, int place) {
        return place < values.size() ? values.get(place) : null;
    }
}
