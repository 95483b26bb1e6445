package org.shuniu.simulator;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The demo's second hub; each property is commented in {@code application.yaml}.
 *
 * @param portsAbove what its ports are above those of the first
 * @param memory its largest heap
 * @param every in what time one citizen of each side applies for what the other decides
 */
@ConfigurationProperties("shuniu.simulator.province")
public record ProvinceProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("100") int portsAbove,
        @DefaultValue("256MB") DataSize memory,
        @DefaultValue("10s") Duration every) {

    public ProvinceProperties {
        Settings.require(
                portsAbove >= 1 && portsAbove <= 50_000,
                "province.ports-above",
                portsAbove,
                "a number from 1 to 50000");
        Settings.require(memory.toMegabytes() >= 128, "province.memory", memory, "at least 128MB");
        Settings.require(every.toMillis() >= 100, "province.every", every, "at least 100ms");
    }
}
