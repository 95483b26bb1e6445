package org.shuniu.attachment;

import java.time.Duration;
import org.shuniu.store.RepeatedLook;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks now and then for uploads that were begun and left, for whole ones that no message named, and for files that were sealed anew a while
 * ago, and removes them. A process that works alone frees at its start what a dead one was writing.
 */
public final class AbandonedUploads implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AbandonedUploads.class);
    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final AttachmentStore store;
    private final boolean alone;
    private final RepeatedLook looks = new RepeatedLook("abandoned-uploads", () -> EVERY, this::look);

    /** @param alone whether no other process of the hub works on this database */
    public AbandonedUploads(AttachmentStore store, boolean alone) {
        this.store = store;
        this.alone = alone;
    }

    private void look() {
        int removed = 0;
        int unnamed;
        do {
            unnamed = store.giveUpUnnamed();
            removed += store.removeAbandoned();
        } while (unnamed > 0);
        if (removed > 0) {
            LOG.info("{} uploads were removed that nobody went on with or no message named", removed);
        }
        removeReplaced();
    }

    private void removeReplaced() {
        int replaced = 0;
        int some;
        do {
            some = store.removeReplaced();
            replaced += some;
        } while (some > 0);
        if (replaced > 0) {
            LOG.info("{} files were removed that had been sealed anew", replaced);
        }
    }

    @Override
    public void start() {
        if (alone) {
            store.beginAlone();
        }
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

    /** Before the first request is taken. */
    @Override
    public int getPhase() {
        return SmartLifecycle.DEFAULT_PHASE - 3_000;
    }
}
