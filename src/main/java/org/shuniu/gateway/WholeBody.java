package org.shuniu.gateway;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.shuniu.document.DocumentReader;
import org.shuniu.intake.Problem;
import org.springframework.http.ResponseEntity;

/**
 * Gives a request a thread only when its body is here: a sender that drips its bytes keeps no other sender waiting.
 *
 * <p>Attachments are not for memory and pass by; their store bounds how many of them may be under way.
 */
public final class WholeBody extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Of this filter alone: a request may pass through several. */
    private final String arrived = WholeBody.class.getName() + System.identityHashCode(this);

    private final transient Duration deadline;
    private final transient ArrivingPlaces places;
    private final int most;
    private final transient Predicate<HttpServletRequest> concerned;
    private final transient Function<HttpServletRequest, String> sender;
    private final transient BiFunction<HttpServletRequest, byte[], HttpServletRequest> whole;

    /**
     * For documents, each of which has a sender with a token.
     *
     * @param deadline for the whole of a body, after which the sender is answered 408
     * @param arriving how many may be on their way at a time; more are answered 503
     */
    WholeBody(Duration deadline, int arriving) {
        this(
                deadline,
                arriving,
                DocumentReader.LARGEST,
                request -> !(isAnonymous(request) || isPage(request) || isAttachment(request)),
                HttpServletRequest::getRemoteUser,
                ReadRequest::new);
    }

    /**
     * For others.
     *
     * @param most bytes of a body; of a longer one so many and one more are handed on
     * @param concerned which requests; all others pass by
     * @param sender by which name no one has all places
     * @param whole the request as it goes on, with its body
     */
    public WholeBody(
            Duration deadline,
            int arriving,
            int most,
            Predicate<HttpServletRequest> concerned,
            Function<HttpServletRequest, String> sender,
            BiFunction<HttpServletRequest, byte[], HttpServletRequest> whole) {
        this.deadline = deadline;
        this.places = new ArrivingPlaces(arriving);
        this.most = most;
        this.concerned = concerned;
        this.sender = sender;
        this.whole = whole;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getAttribute(arrived) instanceof byte[] body) {
            chain.doFilter(whole.apply(request, body), response);
        } else if (hasNone(request) || !concerned.test(request)) {
            chain.doFilter(request, response);
        } else {
            byte[] here = here(request);
            if (here.length == request.getContentLengthLong()) {
                chain.doFilter(whole.apply(request, here), response);
            } else if (places.tryAcquire(sender.apply(request))) {
                await(request, here);
            } else {
                answer(response, Problem.of("overloaded", 503, "Too many bodies are on their way; try again"));
            }
        }
    }

    /** Nobody reads a body that came without a token. */
    private static boolean isAnonymous(HttpServletRequest request) {
        return request.getRemoteUser() == null;
    }

    /** The console's forms are small, few at a time and read already, by the filter that knows them for its own. */
    private static boolean isPage(HttpServletRequest request) {
        return request.isUserInRole("CONSOLE");
    }

    private static boolean isAttachment(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/v1/attachments/");
    }

    private static boolean hasNone(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length == 0 || length < 0 && request.getHeader("Transfer-Encoding") == null;
    }

    /** As much of a body as can be read without waiting; most come in one piece with their headers. */
    private static byte[] here(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length < 0 || length > ArrivingBody.PIECE) {
            return new byte[0];
        }
        byte[] body = new byte[(int) length];
        int read = 0;
        // The container says that some is there, not how much.
        int count = 0;
        while (count >= 0 && read < body.length && request.getInputStream().available() > 0) {
            count = request.getInputStream().read(body, read, body.length - read);
            read += Math.max(count, 0);
        }
        return Arrays.copyOf(body, read);
    }

    private void await(HttpServletRequest request, byte[] here) throws IOException {
        AsyncContext async = request.startAsync();
        async.setTimeout(deadline.toMillis());
        String who = sender.apply(request);
        ArrivingBody arriving = new ArrivingBody(async, request.getInputStream(), most, here, body -> {
            places.release(who);
            request.setAttribute(arrived, body);
        });
        async.addListener(arriving);
        request.getInputStream().setReadListener(arriving);
    }

    static void answer(ServletResponse response, Problem problem) throws IOException {
        ResponseEntity<byte[]> answer = ProblemAdvice.answer(problem);
        HttpServletResponse http = (HttpServletResponse) response;
        http.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> http.addHeader(name, value)));
        http.getOutputStream().write(answer.getBody());
    }

    /** The request with the body that was read before. */
    private static final class ReadRequest extends HttpServletRequestWrapper {
        private final byte[] body;

        ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        @Override
        public ServletInputStream getInputStream() {
            return new ReadBody(new ByteArrayInputStream(body));
        }
    }

    private static final class ReadBody extends ServletInputStream {
        private final ByteArrayInputStream body;

        ReadBody(ByteArrayInputStream body) {
            this.body = body;
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] target, int offset, int most) {
            return body.read(target, offset, most);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("The body is here already");
        }
    }
}
