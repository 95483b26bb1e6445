package org.shuniu.simulator;

import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** The clock on the wall of every office of the city, and the ways in which they write it. */
final class CityTime {
    static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    static final DateTimeFormatter PACKED = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    static final DateTimeFormatter CANONICAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private CityTime() {}

    static OffsetDateTime now() {
        return OffsetDateTime.now(ZONE).truncatedTo(ChronoUnit.MILLIS);
    }
}
