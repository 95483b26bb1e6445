package org.shuniu.rotation;

import java.time.Duration;
import org.shuniu.store.RepeatedLook;
import org.springframework.context.SmartLifecycle;

/**
 * Lets this process seal by the key that another was told to take up, and forget what another destroyed; well within the time after which
 * a key counts as out of use.
 */
public final class KeyFollower implements SmartLifecycle {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RepeatedLook looks;

    public KeyFollower(KeyRotation rotation) {
        this.looks = new RepeatedLook("key-follower", () -> EVERY, rotation::follow);
    }

    @Override
    public void start() {
        looks.start();
    }

    @Override
    public void stop() {
        looks.stop(PATIENCE);
    }

    @Override
    public boolean isRunning() {
        return looks.isRunning();
    }
}
