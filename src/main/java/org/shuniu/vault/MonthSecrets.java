package org.shuniu.vault;

import org.jspecify.annotations.Nullable;

/** The secrets of months, to which sealed values are bound. */
public interface MonthSecrets {

    /**
     * The secret of a month; made when there is none yet.
     *
     * @param month as {@link Month} counts
     * @return 32 bytes
     * @throws BodyErased when it was destroyed
     */
    byte[] secret(int month);

    /**
     * The secret of a month in which something was sealed; null where nothing was. Makes none: what is to be opened may come from anybody.
     *
     * @throws BodyErased when it was destroyed
     */
    byte @Nullable [] find(int month);
}
