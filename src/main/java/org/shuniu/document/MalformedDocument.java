package org.shuniu.document;

/** The bytes are no JSON document the hub takes; the sender must mend them. Says what is wrong and where, never what stood there. */
public final class MalformedDocument extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final int line;
    private final int column;

    MalformedDocument(String reason, int line, int column) {
        super(reason + ", line " + line + ", column " + column, null, false, false);
        this.reason = reason;
        this.line = line;
        this.column = column;
    }

    public String reason() {
        return reason;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
