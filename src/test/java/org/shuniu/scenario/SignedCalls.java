package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;

/** Calls of a region that signs all that it says, with a nonce; for what the shell kit does not do by itself. */
final class SignedCalls {

    private final String base;
    private final SigningKey key;
    private final SSLContext tls;

    SignedCalls(ShellRegion region, SignatureAlgorithm algorithm, String base) {
        this.base = base;
        this.key = SigningKey.of(region.keyid(), algorithm, region.read("sign.key"));
        this.tls = RegionPki.tls(region.path("hub-ca.pem"), region.path("tls.p12"));
    }

    HttpResponse<String> read(String method, String path) {
        return send(method, path, null, Map.of());
    }

    /** A part of an attachment. */
    HttpResponse<String> patch(String path, String part, long offset, long length) {
        return send("PATCH", path, part, part(part, offset, length));
    }

    static Map<String, String> part(String part, long offset, long length) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Digest", ContentDigest.of(part.getBytes(StandardCharsets.UTF_8)));
        fields.put("Upload-Offset", Long.toString(offset));
        fields.put("Upload-Length", Long.toString(length));
        return fields;
    }

    HttpResponse<String> put(String path, String content) {
        return send(
                "PUT",
                path,
                content,
                Map.of("Content-Digest", ContentDigest.of(content.getBytes(StandardCharsets.UTF_8))));
    }

    /** @param fields all of which are signed */
    HttpResponse<String> send(String method, String path, String body, Map<String, String> fields) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        signed(method, path, fields).forEach(request::header);
        try {
            return HttpClient.newBuilder()
                    .sslContext(tls)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Map<String, String> signed(String method, String path, Map<String, String> fields) {
        Map<String, List<String>> covered = new LinkedHashMap<>();
        fields.forEach((name, value) -> covered.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value)));
        List<String> names = new ArrayList<>(List.of("@method", "@target-uri"));
        names.addAll(covered.keySet());
        MessageSigner.Signed signature = MessageSigner.sign(
                SignedMessage.request(method, URI.create(base + path), covered),
                names,
                key,
                Instant.now(),
                UUID.randomUUID().toString());
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("Signature-Input", signature.input());
        all.put("Signature", signature.signature());
        return all;
    }

    /** Begins a message of which no byte of the body comes. */
    Socket begin(String path, String body) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", "application/cloudevents+json");
        fields.put("Content-Digest", ContentDigest.of(body.getBytes(StandardCharsets.UTF_8)));
        fields.put("Idempotency-Key", "\"%s\"".formatted(UUID.randomUUID()));
        try {
            return begin("POST", path, body.length(), fields);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a part of which the connection breaks after some bytes. */
    void breakOff(String path, String part, long length, int after) {
        try (Socket socket = begin("PATCH", path, part.length(), part(part, 0, length))) {
            socket.getOutputStream().write(part.substring(0, after).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            // To close with something unread would take back what the hub has not read yet.
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param fields all of which are signed */
    private Socket begin(String method, String path, int length, Map<String, String> fields) throws IOException {
        URI target = URI.create(base + path);
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n"
                .formatted(method, target.getRawPath(), target.getAuthority(), length));
        signed(method, path, fields)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        Socket socket = tls.getSocketFactory().createSocket(target.getHost(), target.getPort());
        socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }
}
