package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** I5: the hub's own command finds its chains of evidence whole. */
final class Chains {

    private static final int PATIENCE_SECONDS = 300;

    private final HubProcess hub;

    Chains(HubProcess hub) {
        this.hub = hub;
    }

    List<String> broken(Map<String, Object> counts) {
        try {
            Process verify = hub.command("verify");
            String said = new String(verify.getInputStream().readAllBytes()).strip();
            if (!verify.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                verify.destroyForcibly();
                return List.of("I5: verify does not end within %d s".formatted(PATIENCE_SECONDS));
            }
            counts.put("chains", said);
            return verify.exitValue() == 0 ? List.of() : List.of("I5: verify says: " + said);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
