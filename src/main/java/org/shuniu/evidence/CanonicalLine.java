package org.shuniu.evidence;

import java.time.Instant;
import java.util.HexFormat;

/** Writes a line's fields so that no two lines ever look the same: tab-separated, with what is null told from empty. */
final class CanonicalLine {

    private static final HexFormat HEX = HexFormat.of();
    private static final long MICROS = 1_000_000;

    private final StringBuilder text = new StringBuilder(256);

    CanonicalLine(long seq) {
        text.append(seq);
    }

    /** In microseconds, the database's own unit. */
    CanonicalLine time(Instant at) {
        text.append('\t').append(at.getEpochSecond() * MICROS + at.getNano() / 1_000);
        return this;
    }

    CanonicalLine bytes(byte[] value) {
        return text(value == null ? null : HEX.formatHex(value));
    }

    /** A field cannot pretend to be two. */
    CanonicalLine text(Object value) {
        text.append('\t');
        if (value == null) {
            text.append("\\N");
            return this;
        }
        String said = value.toString();
        for (int i = 0; i < said.length(); i++) {
            char letter = said.charAt(i);
            switch (letter) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                default -> text.append(letter);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
