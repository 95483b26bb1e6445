package org.shuniu.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.function.LongSupplier;
import org.shuniu.document.CaseTimes;

/**
 * Gives every case its number, 办件编号: {@code 31}, the day, nine digits; 19 characters, because GB/T 39046 once allows
 * only twenty.
 */
public final class CaseNumbers {

    private static final int BLOCK = 1000;
    private static final long SERIALS = 1_000_000_000L;

    private final LongSupplier nextBlock;
    private long next;
    private long end;

    /** @param nextBlock gives the first number of a block of 1,000 that nobody else gets */
    public CaseNumbers(LongSupplier nextBlock) {
        this.nextBlock = nextBlock;
    }

    String next(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, CaseTimes.SHANGHAI);
        String serial = Long.toString(SERIALS + serial() % SERIALS).substring(1);
        return "31" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + serial;
    }

    private synchronized long serial() {
        if (next == end) {
            next = nextBlock.getAsLong();
            end = next + BLOCK;
        }
        return next++;
    }
}
