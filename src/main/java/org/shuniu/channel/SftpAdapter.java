package org.shuniu.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import org.shuniu.batch.BatchFile;
import org.shuniu.batch.Batches;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.BatchTimes;
import org.shuniu.partner.Partner;

/** Puts a document into the next batch of files; it calls nobody, and a repeated call is the same row. */
final class SftpAdapter implements ChannelAdapter {

    /** A crash net only: the batch's sender settles its deliveries long before. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private static final Duration WHILE_CLOSED = Duration.ofHours(1);

    private final Partner partner;
    private final Batches batches;
    private final BatchFile format;
    private final BatchTimes times;
    private final WorkingCalendar calendar;
    private final Clock clock;

    SftpAdapter(Partner partner, Batches batches, BatchTimes times, WorkingCalendar calendar, Clock clock) {
        this.partner = partner;
        this.batches = batches;
        this.format = new BatchFile(partner.files().orElseThrow());
        this.times = times;
        this.calendar = calendar;
        this.clock = clock;
    }

    @Override
    public Reply call(Call call) {
        Batches.Place place = batches.add(
                partner.id(),
                call.deliveryId(),
                call.caseNo(),
                format.format(call.body()),
                call.body(),
                clock.instant());
        return switch (place) {
            case OPEN ->
                new Reply.Gathered("waits for the next batch", untilNext().plus(GRACE));
            case CLOSED -> new Reply.Gathered("stands in a batch that is not yet sent", WHILE_CLOSED);
            case SENT -> new Reply.Taken();
        };
    }

    private Duration untilNext() {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), CaseTimes.SHANGHAI);
        return Duration.between(now, times.next(now, calendar));
    }
}
