package org.shuniu.bench.load;

import java.io.Closeable;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at the console: one session over one kept connection, with the cookie and the forms' token as a browser has them. */
public final class ConsoleVisit implements Closeable {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: *([^=]+)=([^;]*).*");

    private final HttpConnection connection;
    private final Map<String, String> cookies = new HashMap<>();
    private String token = "";

    private ConsoleVisit(int port) {
        this.connection = new HttpConnection(port);
    }

    /** Logs in. */
    public static ConsoleVisit of(int port, String name, String password) throws IOException {
        ConsoleVisit visit = new ConsoleVisit(port);
        try {
            visit.token = visit.tokenOf("/login");
            HttpConnection.Answer answer = visit.post("/login", Map.of("username", name, "password", password));
            if (!location(answer).filter("/"::equals).isPresent()) {
                throw new IOException("%s can't log in: HTTP %d %s".formatted(name, answer.status(), location(answer)));
            }
            visit.token = visit.tokenOf("/find");
            return visit;
        } catch (IOException refused) {
            visit.close();
            throw refused;
        }
    }

    private String tokenOf(String page) throws IOException {
        Matcher found = TOKEN.matcher(get(page).text());
        if (!found.find()) {
            throw new IOException("The page %s has no form with a token".formatted(page));
        }
        return found.group(1);
    }

    public HttpConnection.Answer get(String page) throws IOException {
        return kept(connection.get(page, headers()));
    }

    /** Sends a form with the token of this session. */
    public HttpConnection.Answer post(String page, Map<String, String> fields) throws IOException {
        Map<String, String> headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        String form = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&", "_csrf=" + encoded(token) + "&", ""));
        return kept(connection.post(page, headers, form.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Where the answer sends its reader, without host. */
    public static Optional<String> location(HttpConnection.Answer answer) {
        return answer.headers().stream()
                .filter(line -> line.regionMatches(true, 0, "location:", 0, 9))
                .map(line -> line.substring(9).strip().replaceFirst("^https?://[^/]+", ""))
                .findFirst();
    }

    private HttpConnection.Answer kept(HttpConnection.Answer answer) {
        answer.headers().stream()
                .map(COOKIE::matcher)
                .filter(Matcher::matches)
                .forEach(cookie -> cookies.put(cookie.group(1).strip(), cookie.group(2)));
        return answer;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "text/html");
        if (!cookies.isEmpty()) {
            headers.put(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        return headers;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
