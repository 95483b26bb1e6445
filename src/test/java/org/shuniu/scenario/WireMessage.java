package org.shuniu.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.SigningKey;

/**
 * A signed request of a region as bytes on the wire, for whoever signs or sends as nobody should: what is said before
 * {@code head} is signed, what {@code head} and {@code sending} change is not.
 */
public final class WireMessage {

    /** What came back; status 0 when the connection ended without an answer. */
    public record Answer(int status, String head, String body) {

        /** The last word of the problem's type, or empty. */
        public String problem() {
            Matcher word = PROBLEM.matcher(body);
            return word.find() ? word.group(1) : "";
        }

        boolean says(String header) {
            return head.toLowerCase(Locale.ROOT).contains(header.toLowerCase(Locale.ROOT));
        }
    }

    static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");

    private static final Pattern PROBLEM = Pattern.compile("urn:shuniu:problem:([a-z-]+)");
    private static final Pattern LENGTH = Pattern.compile("(?mi)^content-length: (\\d+)");
    private static final int PATIENCE_MILLIS = 30_000;

    private final String base;
    private final TreeMap<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private SigningKey key;
    private String method;
    private String path;
    private byte[] body;
    private byte[] sent;
    private List<String> covered;
    private Instant created = Instant.now();
    private String nonce = "";
    private String signedBase;
    private UnaryOperator<String> words = UnaryOperator.identity();
    private UnaryOperator<byte[]> signer;
    private UnaryOperator<String> head = UnaryOperator.identity();

    private WireMessage(String base, SigningKey key, String method, String path, String body) {
        this.base = base;
        this.signedBase = base;
        this.key = key;
        this.method = method;
        this.path = path;
        this.body = body.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * An envelope on its way to the entry for messages.
     *
     * @param base the hub's public address
     */
    public static WireMessage of(String base, SigningKey key, String id, String envelope) {
        return posted(base, key, "/messages", id, "application/cloudevents+json", envelope);
    }

    /** Anything else that a region says with a body, such as a receipt. */
    public static WireMessage posted(String base, SigningKey key, String path, String id, String type, String body) {
        WireMessage message = new WireMessage(base, key, "POST", path, body);
        message.covered = COVERED;
        message.fields.put("Content-Type", type);
        message.fields.put("Idempotency-Key", '"' + id + '"');
        return message;
    }

    public static WireMessage reading(String base, SigningKey key, String path) {
        WireMessage message = new WireMessage(base, key, "GET", path, "");
        message.covered = List.of("@method", "@target-uri");
        message.nonce = UUID.randomUUID().toString();
        return message;
    }

    /** A part of an attachment instead. */
    WireMessage asPart(String address, String content, String offset, String length) {
        as(
                "PATCH",
                address,
                content,
                List.of("@method", "@target-uri", "content-digest", "upload-offset", "upload-length"));
        fields.put("Upload-Offset", offset);
        fields.put("Upload-Length", length);
        return this;
    }

    /** A whole attachment instead. */
    WireMessage asAttachment(String address, String content) {
        return as("PUT", address, content, List.of("@method", "@target-uri", "content-digest"));
    }

    private WireMessage as(String other, String address, String content, List<String> names) {
        fields.clear();
        method = other;
        path = "/attachments/" + address;
        body = content.getBytes(StandardCharsets.ISO_8859_1);
        covered = names;
        nonce = UUID.randomUUID().toString();
        return this;
    }

    public WireMessage by(SigningKey other) {
        key = other;
        return this;
    }

    /** Says something else in its body, and signs that. */
    WireMessage saying(String from, String to) {
        String before = new String(body, StandardCharsets.UTF_8);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new AssertionError("The message does not say " + from);
        }
        body = after.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    WireMessage field(String name, String value) {
        fields.put(name, value);
        return this;
    }

    WireMessage covering(List<String> names) {
        covered = names;
        return this;
    }

    public WireMessage created(Instant moment) {
        created = moment;
        return this;
    }

    WireMessage forAnotherHub(String other) {
        signedBase = other;
        return this;
    }

    /** Changes the signature's parameters before it is made. */
    WireMessage words(UnaryOperator<String> change) {
        words = change;
        return this;
    }

    /** Says another second in its signature's parameters than the one that was signed. */
    public WireMessage signedBefore() {
        return head(text -> text.replaceFirst(
                "created=\\d+", "created=" + created.minusSeconds(1).getEpochSecond()));
    }

    /** Signs the signature base in a way of its own. */
    WireMessage signing(UnaryOperator<byte[]> other) {
        signer = other;
        return this;
    }

    /** Changes what goes out before the body, after it was signed. */
    WireMessage head(UnaryOperator<String> change) {
        head = head.andThen(change)::apply;
        return this;
    }

    /** Sends another body than the one that was signed. */
    public WireMessage sending(byte[] other) {
        sent = other.clone();
        return this;
    }

    SigningKey key() {
        return key;
    }

    /** Its Idempotency-Key without quotation marks. */
    public String id() {
        return fields.get("Idempotency-Key").replace("\"", "");
    }

    byte[] body() {
        return body.clone();
    }

    private String written() {
        byte[] bytes = sent == null ? body : sent;
        Map<String, String> said = new TreeMap<>(fields);
        if (!method.equals("GET")) {
            said.putIfAbsent("Content-Digest", ContentDigest.of(body));
        }
        String params = words.apply("(%s);created=%d%s;keyid=\"%s\";alg=\"%s\";tag=\"chx/1\""
                .formatted(
                        covered.stream().map(name -> '"' + name + '"').collect(Collectors.joining(" ")),
                        created.getEpochSecond(),
                        nonce.isEmpty() ? "" : ";nonce=\"" + nonce + '"',
                        key.keyid(),
                        key.algorithm().id()));
        byte[] text = signatureBase(params, said).getBytes(StandardCharsets.ISO_8859_1);
        String signature = Base64.getEncoder().encodeToString(signer == null ? key.sign(text) : signer.apply(text));
        StringBuilder all =
                new StringBuilder("%s %s%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n"
                        .formatted(
                                method,
                                URI.create(base).getPath(),
                                path,
                                URI.create(base).getAuthority(),
                                bytes.length));
        said.forEach(
                (name, value) -> all.append(name).append(": ").append(value).append("\r\n"));
        all.append("Signature-Input: sig1=").append(params).append("\r\n");
        all.append("Signature: sig1=:").append(signature).append(":\r\n");
        return head.apply(all.toString()) + "\r\n";
    }

    private String signatureBase(String params, Map<String, String> said) {
        StringBuilder text = new StringBuilder();
        for (String name : covered) {
            String value = switch (name) {
                case "@method" -> method;
                case "@target-uri" -> signedBase + path;
                default -> said.get(name);
            };
            text.append('"').append(name).append("\": ").append(value).append('\n');
        }
        return text.append("\"@signature-params\": ").append(params).toString();
    }

    /** On a connection of its own. */
    public Answer send(SSLContext tls) {
        return send(tls, URI.create(base).getPort());
    }

    /** @param port where it goes, such as to a cable that leads to the hub */
    public Answer send(SSLContext tls, int port) {
        try (Socket socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            return send(socket);
        } catch (IOException notThere) {
            return new Answer(0, "", "");
        }
    }

    /** On a connection that stands; it stays open where {@code head} says so. */
    Answer send(Socket socket) {
        try {
            write(socket.getOutputStream());
        } catch (IOException hungUp) {
            // What was answered before is read all the same.
        }
        try {
            return read(socket.getInputStream());
        } catch (IOException cutOff) {
            return new Answer(0, "", "");
        }
    }

    /** As one piece, so that what refuses early has nothing left to read. */
    private void write(OutputStream out) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(written().getBytes(StandardCharsets.ISO_8859_1));
        all.writeBytes(sent == null ? body : sent);
        out.write(all.toByteArray());
        out.flush();
    }

    private static Answer read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int one = in.read();
            if (one < 0) {
                return new Answer(0, head.toString(), "");
            }
            head.append((char) one);
        }
        Matcher length = LENGTH.matcher(head);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return new Answer(
                Integer.parseInt(head.substring(9, 12)), head.toString(), new String(body, StandardCharsets.UTF_8));
    }
}
