package org.shuniu.trials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/** I5: the hub's own command finds its chains of evidence whole. */
final class Chains {

    private static final String COMMANDS = "BOOT-INF/classes/org/shuniu/command/Commands.class";
    private static final int PATIENCE_SECONDS = 300;

    private final HubProcess hub;

    Chains(HubProcess hub) {
        this.hub = hub;
    }

    List<String> broken(Map<String, Object> counts) {
        if (!knowsVerify()) {
            counts.put("chains", "not checked: this jar has no command verify");
            return List.of();
        }
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

    private static boolean knowsVerify() {
        try (JarFile jar = new JarFile(HubProcess.JAR.toFile())) {
            return jar.getEntry(COMMANDS) != null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
