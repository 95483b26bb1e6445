package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A person at the console, without scripts: keeps cookies, fills in forms, follows no redirect unasked. */
final class Browser {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern GIVEN = Pattern.compile("class=\"secret\">([^<]+)<");
    private static final String OWN = "a password of my own";

    private final RunningHub hub;
    private final @Nullable String address;
    private final CookieManager cookies;
    private final HttpClient client;

    Browser(RunningHub hub) {
        this(hub, new CookieManager(null, CookiePolicy.ACCEPT_ALL), null);
    }

    /** Behind the gateway, which says from where it comes. */
    Browser(RunningHub hub, String address) {
        this(hub, new CookieManager(null, CookiePolicy.ACCEPT_ALL), address);
    }

    private Browser(RunningHub hub, CookieManager cookies, @Nullable String address) {
        this.hub = hub;
        this.address = address;
        this.cookies = cookies;
        this.client = HttpClient.newBuilder().cookieHandler(cookies).build();
    }

    /** The same person at another process, to which the gateway leads him; cookies know no port. */
    Browser at(RunningHub other) {
        return new Browser(other, cookies, address);
    }

    /** Somebody of that role, logged in. */
    static Browser of(RunningHub hub, String role) {
        Browser browser = new Browser(hub);
        browser.login(role, hub.secret("console-%s-password".formatted(role)));
        return browser;
    }

    /** Has the administrator make a user, who makes a password of his own; that is what it returns. */
    static String made(RunningHub hub, String name, Map<String, String> more) {
        Map<String, String> form = new HashMap<>(more);
        form.put("name", name);
        String page = of(hub, "administrator").post("/users", form).body();
        Matcher given = GIVEN.matcher(page);
        if (!given.find()) {
            throw new AssertionError("Nobody was made: " + page);
        }
        Browser owner = new Browser(hub);
        owner.login(name, given.group(1));
        owner.post("/password", Map.of("old", given.group(1), "password", OWN, "again", OWN));
        return OWN;
    }

    HttpResponse<String> login(String name, String password) {
        return post("/login", Map.of("username", name, "password", password));
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    /** The value of a cookie that it keeps. */
    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
    }

    /** Keeps a cookie in the place of the one that it has. */
    void keep(String name, String value) {
        URI here = URI.create(hub.address());
        HttpCookie cookie = new HttpCookie(name, value);
        cookie.setDomain(here.getHost());
        cookie.setPath("/");
        cookie.setVersion(0);
        cookies.getCookieStore().add(here, cookie);
    }

    /** Sends a form with the token of this session. */
    HttpResponse<String> post(String path, Map<String, String> fields) {
        return postFrom(get("/login").body(), path, fields);
    }

    /** Sends a form of a page that it was shown before. */
    HttpResponse<String> postFrom(String page, String path, Map<String, String> fields) {
        Matcher token = TOKEN.matcher(page);
        if (!token.find()) {
            throw new AssertionError("The page has no form with a token");
        }
        return postBare(path, fields, "_csrf=" + encoded(token.group(1)) + "&");
    }

    /** Sends a form as a page with scripts does that wants a part of itself. */
    HttpResponse<String> postPart(String path, Map<String, String> fields) {
        Matcher token = TOKEN.matcher(get("/login").body());
        if (!token.find()) {
            throw new AssertionError("The page has no form with a token");
        }
        return send(form(path, fields, "_csrf=" + encoded(token.group(1)) + "&").header("HX-Request", "true"));
    }

    /** Sends a form as another site could. */
    HttpResponse<String> postBare(String path, Map<String, String> fields) {
        return postBare(path, fields, "");
    }

    private HttpResponse<String> postBare(String path, Map<String, String> fields, String before) {
        return send(form(path, fields, before));
    }

    private HttpRequest.Builder form(String path, Map<String, String> fields, String before) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&", before, ""));
        return request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(hub.address() + path)).header("Accept", "text/html");
        return address == null ? request : request.header("X-Forwarded-For", address);
    }

    /** A file, byte for byte. */
    byte[] download(String path) {
        return send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray())
                .body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request.build(), body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
