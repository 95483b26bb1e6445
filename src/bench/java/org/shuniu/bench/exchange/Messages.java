package org.shuniu.bench.exchange;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.shuniu.bench.load.Applications;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;

/**
 * A region's messages of four kilobytes. They are made and signed while nothing is measured, as far as the protocol's window
 * of 300 s and the memory allow; what is sent beyond that is signed as it is sent.
 */
public final class Messages {

    /** A message as it goes over the wire. */
    record Message(String id, Map<String, String> fields, byte[] body) {}

    static final int BYTES = 4096;

    private static final int AHEAD_AT_MOST = 30_000;
    private static final List<String> COVERED =
            List.of("@method", "@target-uri", "content-type", "content-digest", "idempotency-key");
    private static final String HEAD = """
            {"specversion":"1.0","id":"%s","source":"urn:chx:jiangsu-test:hub","type":"cn.shuniu.case.submitted.v1",\
            "subject":"case/%s","time":"%s","datacontenttype":"application/json","chxto":"urn:chx:shanghai:hub",\
            "chxseq":1,"data":""";

    private final Queue<Message> ahead = new ConcurrentLinkedQueue<>();
    private final LongAdder late = new LongAdder();
    private final Receipts receipts;
    private final SSLSocketFactory sockets;
    private final URI target;
    private final int port;
    private final SigningKey key;

    /** @param key or null where nobody looks at signatures */
    private Messages(ExchangeSide side, SigningKey key, Receipts receipts) throws IOException {
        this.receipts = receipts;
        this.sockets = side.papers().tls().getSocketFactory();
        this.target = URI.create(side.base() + "/messages");
        this.port = side.tlsPort();
        this.key = key;
    }

    public static Messages to(ExchangeSide side, Receipts receipts) throws IOException {
        return new Messages(side, side.isHub() ? side.papers().regionKey() : null, receipts);
    }

    public HttpConnection connection() {
        return new HttpConnection(sockets, port);
    }

    /** Makes so many, and forgets those that were left, whose signatures grow old. */
    public void makeAhead(int count) {
        ahead.clear();
        IntStream.range(0, Math.min(count, AHEAD_AT_MOST)).parallel().forEach(one -> ahead.add(make()));
        late.reset();
    }

    /** How many were not made ahead, since the last time. */
    public long late() {
        return late.sum();
    }

    /** Sends one. */
    public HttpConnection.Answer say(HttpConnection connection) throws IOException {
        Message message = ahead.poll();
        if (message == null) {
            late.increment();
            message = make();
        }
        HttpConnection.Answer answer = connection.post(target.getRawPath(), message.fields(), message.body());
        receipts.keep(message, answer);
        return answer;
    }

    private Message make() {
        String id = UUID.randomUUID().toString().replace("-", "");
        String number = "32-" + id;
        String head = HEAD.formatted(id, number, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        String document = Applications.next("\"senderCaseNo\":\"%s\",".formatted(number), BYTES - head.length() - 1);
        byte[] body = (head + document + "}").getBytes(StandardCharsets.UTF_8);
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Content-Type", "application/cloudevents+json");
        fields.put("Content-Digest", ContentDigest.of(body));
        fields.put("Idempotency-Key", '"' + id + '"');
        if (key != null) {
            sign(fields, "POST", target, COVERED, key, null);
        }
        return new Message(id, fields, body);
    }

    /** Adds the signature over these components to a request's fields. */
    static void sign(
            Map<String, String> fields, String method, URI target, List<String> covered, SigningKey key, String nonce) {
        Map<String, List<String>> lower = new LinkedHashMap<>();
        fields.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        MessageSigner.Signed signature =
                MessageSigner.sign(SignedMessage.request(method, target, lower), covered, key, Instant.now(), nonce);
        fields.put("Signature-Input", signature.input());
        fields.put("Signature", signature.signature());
    }
}
