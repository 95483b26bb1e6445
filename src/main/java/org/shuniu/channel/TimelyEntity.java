package org.shuniu.channel;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * A request's body that is not written any more when the time of its call is over. A process may stand still between any two steps, and
 * what it then still writes would be worked though its claim has lapsed and another process has called: without its body a request has no
 * effect.
 */
final class TimelyEntity extends HttpEntityWrapper {

    /** A request that is cut short has no effect. */
    static final class NotWritten extends IOException {

        private static final long serialVersionUID = 1L;

        NotWritten() {
            super(OVER);
        }
    }

    static final String OVER = "the time of the call was over before its request was written";

    private static final int PIECE = 8 * 1024;

    private final long endBy;

    /** @param endBy {@link System#nanoTime} */
    TimelyEntity(HttpEntity body, long endBy) {
        super(body);
        this.endBy = endBy;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        super.writeTo(new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                for (int done = 0; done < length; done += PIECE) {
                    requireTime();
                    out.write(bytes, offset + done, Math.min(PIECE, length - done));
                }
            }

            @Override
            public void write(int one) throws IOException {
                requireTime();
                out.write(one);
            }
        });
    }

    private void requireTime() throws IOException {
        if (System.nanoTime() - endBy >= 0) {
            throw new NotWritten();
        }
    }
}
