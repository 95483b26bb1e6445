package org.shuniu.evidence;

/**
 * Lines of one chain that a seal saw and a restored backup does not hold.
 *
 * @param after the last line that the backup holds, 0 where it does not know the chain
 * @param last the last one that a seal saw
 */
record LostLines(String chain, long after, long last) {

    /** @throws IllegalArgumentException when it is none */
    static LostLines of(String text) {
        String[] parts = text.split(":");
        if (parts.length != 3) {
            throw new IllegalArgumentException("No lost lines: " + text);
        }
        return new LostLines(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    LostLines with(LostLines other) {
        return new LostLines(chain, after, Math.max(last, other.last));
    }

    boolean holds(long seq) {
        return seq > after && seq <= last;
    }

    long count() {
        return last - after;
    }

    String kept() {
        return "%s:%d:%d".formatted(chain, after, last);
    }

    @Override
    public String toString() {
        return "%s: lines %d to %d".formatted(chain, after + 1, last);
    }
}
