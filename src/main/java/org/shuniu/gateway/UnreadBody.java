package org.shuniu.gateway;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Ends the connection of a request that was refused before its body came. The server would wait for the rest with a thread, in order to
 * go on with the connection: by bodies that do not come a stranger would take them all.
 */
final class UnreadBody extends ValveBase {

    private static final int REFUSED = 400;
    /** Most bodies come right behind their heads; a sender that is cut off in the middle of one may not see the answer. */
    private static final int LOOKS = 10;

    private static final long PAUSE_MILLIS = 20;

    UnreadBody() {
        super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        getNext().invoke(request, response);
        if (response.getStatus() >= REFUSED
                && !request.isAsync()
                && !isRead(request.getCoyoteRequest())
                && !comes(request.getCoyoteRequest())) {
            request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    private static boolean isRead(org.apache.coyote.Request request) {
        AtomicBoolean read = new AtomicBoolean();
        request.action(ActionCode.REQUEST_BODY_FULLY_READ, read);
        return read.get();
    }

    /** Of a body in chunks it is not known how much is left. */
    private static boolean comes(org.apache.coyote.Request request) {
        long left = request.getContentLengthLong() - request.getBytesRead();
        for (int look = 0; left > 0 && look < LOOKS; look++) {
            request.action(ActionCode.AVAILABLE, Boolean.TRUE);
            if (request.getAvailable() >= left) {
                return true;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }
}
