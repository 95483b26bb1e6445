package org.shuniu.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.shuniu.document.CaseTimes;
import org.springframework.dao.CannotAcquireLockException;

/**
 * Gives every case its number, 办件编号: {@code 31}, the day, nine digits; 19 characters, because GB/T 39046 once allows
 * only twenty.
 */
public final class CaseNumbers {

    private static final int BLOCK = 1000;
    private static final long SERIALS = 1_000_000_000L;

    /** Less than a connection is waited for: while one caller waits for the database, the others are told that it is away. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LongSupplier nextBlock;
    private final ReentrantLock lock = new ReentrantLock();
    private long next;
    private long end;

    /** @param nextBlock gives the first number of a block of 1,000 that nobody else gets */
    public CaseNumbers(LongSupplier nextBlock) {
        this.nextBlock = nextBlock;
    }

    /** @throws CannotAcquireLockException while another caller waits for the database too long */
    String next(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, CaseTimes.SHANGHAI);
        String serial = Long.toString(SERIALS + serial() % SERIALS).substring(1);
        return "31" + day.format(DateTimeFormatter.BASIC_ISO_DATE) + serial;
    }

    private long serial() {
        acquire();
        try {
            if (next == end) {
                next = nextBlock.getAsLong();
                end = next + BLOCK;
            }
            return next++;
        } finally {
            lock.unlock();
        }
    }

    private void acquire() {
        try {
            if (lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        throw new CannotAcquireLockException("Another request waits for the next numbers of cases");
    }
}
