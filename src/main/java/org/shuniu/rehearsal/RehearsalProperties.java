package org.shuniu.rehearsal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How changed mappings are tried; each property is commented in {@code application.yaml}.
 *
 * @param longest how long one comparison on recorded messages may take
 * @param every how often a process looks which rehearsals there are, and adds its sums
 * @param room messages that wait for a rehearsal
 * @param largest bytes of a message that is rehearsed
 * @param most rehearsals at a time
 * @param enough messages that a rehearsal has seen before it can be promoted
 * @param keep for how long what a rehearsal saw in detail is kept after its end
 */
@ConfigurationProperties("shuniu.rehearsal")
public record RehearsalProperties(
        @DefaultValue("60s") Duration longest,
        @DefaultValue("2s") Duration every,
        @DefaultValue("64") int room,
        @DefaultValue("64KB") DataSize largest,
        @DefaultValue("4") int most,
        @DefaultValue("100") int enough,
        @DefaultValue("90d") Duration keep) {

    public RehearsalProperties {
        boolean inTime = longest.toMillis() > 0 && every.toMillis() > 0 && keep.toSeconds() > 0;
        if (!inTime || room < 1 || most < 1 || enough < 1) {
            throw new IllegalArgumentException(
                    "shuniu.rehearsal: longest %s, every %s, room %d, most %d, enough %d, keep %s; expected all above 0"
                            .formatted(longest, every, room, most, enough, keep));
        }
    }
}
