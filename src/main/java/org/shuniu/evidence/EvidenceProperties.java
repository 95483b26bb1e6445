package org.shuniu.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How evidence is sealed.
 *
 * @param sealEvery how often the chains' heads are signed
 * @param directory of the seals outside the database
 */
@ConfigurationProperties("shuniu.evidence")
public record EvidenceProperties(Duration sealEvery, Path directory) {

    public EvidenceProperties {
        if (sealEvery == null || sealEvery.isNegative() || sealEvery.isZero()) {
            throw new IllegalArgumentException(
                    "shuniu.evidence.seal-every is %s; expected a time above zero".formatted(sealEvery));
        }
        if (directory == null) {
            throw new IllegalArgumentException("shuniu.evidence.directory is missing; expected a directory");
        }
    }
}
