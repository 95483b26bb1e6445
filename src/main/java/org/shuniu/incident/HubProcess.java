package org.shuniu.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A process of the hub, as it said of itself last.
 *
 * @param place its host and folder of data
 * @param steadySince since when no beat of it has failed to come
 * @param beatAt when it said so, by the database
 * @param freeBytes on the disk under its data, or null where that cannot be read
 * @param drift by which its clock and the database's differ at least
 */
public record HubProcess(
        UUID id,
        String place,
        Instant startedAt,
        Instant steadySince,
        Instant beatAt,
        @Nullable Long freeBytes,
        @Nullable Long totalBytes,
        Duration drift) {

    boolean isSilent(Instant now, Duration silent) {
        return now.isAfter(beatAt.plus(silent));
    }
}
