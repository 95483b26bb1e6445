package org.shuniu.codec;

/** Bytes or a tree that do not fit the format; says where and what was expected, never the content. */
public final class Garbled extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Garbled(String message) {
        super(message);
    }
}
