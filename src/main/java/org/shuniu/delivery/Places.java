package org.shuniu.delivery;

import java.util.concurrent.Semaphore;

/** Places whose number may change while some are taken; what is taken beyond a smaller number is waited for. */
final class Places extends Semaphore {

    private static final long serialVersionUID = 1L;

    private int size;

    Places(int size) {
        super(size, true);
        this.size = size;
    }

    synchronized void resize(int wanted) {
        if (wanted > size) {
            release(wanted - size);
        } else if (wanted < size) {
            reducePermits(size - wanted);
        }
        size = wanted;
    }
}
