package org.shuniu.rotation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which key seals, and how gently old values move to it.
 *
 * @param currentKey id of the key that seals; 0 takes the highest that is there
 * @param batch values that move in one transaction
 * @param pause rest between two transactions
 * @param settle how long a key must be out of use before a look counts as proof that nothing needs it
 */
@ConfigurationProperties("shuniu.vault")
public record VaultProperties(
        @DefaultValue("0") int currentKey,
        @DefaultValue("200") int batch,
        @DefaultValue("50ms") Duration pause,
        @DefaultValue("60s") Duration settle) {

    public VaultProperties {
        if (currentKey < 0 || currentKey > MasterKeys.LAST) {
            throw new IllegalArgumentException(
                    "shuniu.vault.current-key is %d; expected 0 to %d".formatted(currentKey, MasterKeys.LAST));
        }
        if (batch < 1) {
            throw new IllegalArgumentException("shuniu.vault.batch is %d; expected 1 or more".formatted(batch));
        }
    }
}
