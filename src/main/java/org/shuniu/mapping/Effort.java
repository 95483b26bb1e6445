package org.shuniu.mapping;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
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
    /** Letters and parts of one value, beyond those that its source has. */
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
     * @param from what it reads, which is never too large
     * @param called names of what it calls
     * @throws Spent when that is more than may be spent
     * @throws IllegalArgumentException when what it makes is too large, or it failed in a way that has no code
     */
    @Nullable
    Object evaluate(Source from, Jsonata.Frame frame, Set<String> called, Callable<Object> expression)
            throws Exception {
        limit(from.weights(), frame, called);
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

    private void limit(Weights weights, Jsonata.Frame frame, Set<String> called) {
        depth = 0;
        made = 0;
        problem = null;
        frame.setEvaluateEntryCallback((symbol, input, environment) -> enter());
        frame.setEvaluateExitCallback((symbol, input, environment, value) -> leave(weights.of(value, LARGEST)));
        // Those of JSONata's functions that make much of little at once; to bind one takes as long as many a whole
        // expression.
        if (called.contains("pad")) {
            frame.bind("pad", new Jsonata.JFunction((input, values) -> pad(values), "<s-ns?:s>"));
        }
        if (called.contains("replace")) {
            frame.bind("replace", new Jsonata.JFunction((input, values) -> replace(values), "<s-(sf)(sf)n?:s>"));
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

    private void leave(Weights.Weight weight) {
        depth--;
        made += weight.made();
        if (weight.tooLarge()) {
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

    private Object pad(List<?> values) {
        Number width = (Number) values.get(1);
        if (Math.abs(width.doubleValue()) > LARGEST) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        return Functions.pad((String) values.get(0), width, (String) at(values, 2));
    }

    private Object replace(List<?> values) {
        String text = (String) values.get(0);
        Object by = values.get(2);
        // What a function gives is weighed when it gives it.
        int width = by instanceof String known ? known.length() : 0;
        if (text != null && places(text, values.get(1)) * width > MOST_OF_EXPRESSION) {
            throw fails(TOO_LARGE.formatted(LARGEST));
        }
        Number most = (Number) at(values, 3);
        return Functions.replace(text, values.get(1), by, most == null ? null : most.intValue());
    }

    /** At how many it replaces something: a large text of the source may have few. */
    private static long places(String text, Object sought) {
        if (!(sought instanceof String part) || part.isEmpty()) {
            return text.length();
        }
        long places = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            places++;
        }
        return places;
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
