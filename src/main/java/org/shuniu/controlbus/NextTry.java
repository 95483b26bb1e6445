package org.shuniu.controlbus;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;

/** Says in words when something is tried next, on the city's clocks; the date only where it is not today. */
final class NextTry {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private NextTry() {}

    static WaitsFor.Text at(OffsetDateTime time) {
        String when = on(time, LocalDate.now(CaseTimes.SHANGHAI));
        return new WaitsFor.Text("下次尝试 " + when, "next try " + when);
    }

    /** After a good probe everything goes at once. */
    static WaitsFor.Text probe(@Nullable OffsetDateTime time) {
        String when = time == null ? "" : " " + on(time, LocalDate.now(CaseTimes.SHANGHAI));
        return new WaitsFor.Text("接收单位恢复后投递，下次试探" + when, "when the partner answers, next probe" + when);
    }

    static String on(OffsetDateTime time, LocalDate today) {
        ZonedDateTime there = time.atZoneSameInstant(CaseTimes.SHANGHAI);
        return there.format(there.toLocalDate().equals(today) ? TIME : DATE_AND_TIME);
    }
}
