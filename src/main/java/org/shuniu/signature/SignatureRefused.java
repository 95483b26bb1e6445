package org.shuniu.signature;

/** A signature or digest that does not count, named as the exchange's answer table names it. */
public final class SignatureRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final String base;

    SignatureRefused(String name, String title) {
        this(name, title, null);
    }

    /** @param base what was verified, or null when it did not come to that */
    SignatureRefused(String name, String title, String base) {
        super(title, null, false, false);
        this.name = name;
        this.base = base;
    }

    /** Such as {@code signature-invalid}, {@code signature-stale}, {@code key-unknown} or {@code digest-mismatch}. */
    public String name() {
        return name;
    }

    /** The signature base that was verified, or null; of use to the one who signed. */
    public String base() {
        return base;
    }
}
