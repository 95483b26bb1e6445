package org.shuniu.vault;

/** The secrets of months, to which sealed values are bound. */
@FunctionalInterface
public interface MonthSecrets {

    /**
     * The secret of a month; made when there is none yet.
     *
     * @param month as {@link Month} counts
     * @return 32 bytes
     * @throws BodyErased when it was destroyed
     */
    byte[] secret(int month);
}
