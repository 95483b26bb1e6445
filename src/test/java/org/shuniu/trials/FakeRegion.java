package org.shuniu.trials;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A region's own hub as a trial wants it: takes what it is sent, notes each effect once, and signs for it, or not. */
final class FakeRegion implements AutoCloseable {

    /** What is wrong with it. */
    enum Fault {
        NONE,
        /** Its receipts have no signature. */
        UNSIGNED,
        /** Its receipts are signed by a key that nobody registered. */
        OTHER_KEY,
        /** It signs, rightly, for a message that it was never sent. */
        OTHER_MESSAGE,
        /** It signs and keeps nothing. */
        FORGETFUL
    }

    private record Entry(String digest, Instant at) {}

    private static final String ROOT = "/partner/v1";
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final List<String> COVERED = List.of("@status", "content-type", "content-digest");

    private final HttpsServer server;
    private final Supplier<SigningKey> key;
    private final SigningKey stranger;
    private final String party;
    private final Map<String, Entry> ledger = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> forgotten = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger known = new AtomicInteger();
    private volatile Fault fault = Fault.NONE;

    /**
     * @param key by which the region signs now
     * @param stranger a key of the same name that is not registered
     */
    FakeRegion(SSLContext tls, String party, Supplier<SigningKey> key, SigningKey stranger) {
        this.party = party;
        this.key = key;
        this.stranger = stranger;
        try {
            server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext(ROOT + "/messages", this::take);
        server.createContext(ROOT + "/manifest/", this::count);
        server.createContext(ROOT + "/evidence", exchange -> answer(exchange, 200, "{\"steps\":[]}", key.get()));
        server.start();
    }

    String address() {
        return "https://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), ROOT);
    }

    void fault(Fault other) {
        fault = other;
    }

    /** The ids of all that it has. */
    List<String> ledger() {
        return ledger.keySet().stream().sorted().toList();
    }

    /** What it signed for and does not have. */
    List<String> forgotten() {
        return forgotten.stream().distinct().sorted().toList();
    }

    int calls() {
        return calls.get();
    }

    /** How often it was sent what it had. */
    int known() {
        return known.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String id = JsonMapper.shared().readTree(body).path("id").asString();
        calls.incrementAndGet();
        Fault now = fault;
        Entry entry = new Entry(ContentDigest.of(body), Instant.now());
        if (now == Fault.FORGETFUL) {
            forgotten.add(id);
        } else if (ledger.putIfAbsent(id, entry) != null) {
            known.incrementAndGet();
        }
        ObjectNode receipt = JsonMapper.shared().createObjectNode();
        receipt.put("kind", "ACCEPTED");
        receipt.put("messageId", now == Fault.OTHER_MESSAGE ? "0".repeat(32) : id);
        receipt.put("contentDigest", entry.digest());
        receipt.put("acceptedAt", time(entry.at()));
        receipt.put("hub", party);
        answer(
                exchange,
                202,
                receipt.toString(),
                now == Fault.UNSIGNED ? null : now == Fault.OTHER_KEY ? stranger : key.get());
    }

    private static String time(Instant at) {
        return at.atOffset(ZoneOffset.ofHours(8)).toString();
    }

    /** Its manifest of a day, and what it lists; it countersigns nothing and takes what is countersigned. */
    private void count(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        String[] words = exchange.getRequestURI()
                .getPath()
                .substring((ROOT + "/manifest/").length())
                .split("/");
        if (words.length == 1) {
            answer(exchange, 200, exchange.getRequestMethod().equals("GET") ? manifest(words[0]) : "{}", key.get());
            return;
        }
        ObjectNode page = JsonMapper.shared().createObjectNode();
        page.putArray("entries");
        boolean today = LocalDate.now(CITY).toString().equals(words[0]);
        if (today && words[1].equals("accepted")) {
            ledger.forEach((id, entry) -> page.withArray("entries")
                    .addObject()
                    .put("messageId", id)
                    .put("contentDigest", entry.digest())
                    .put("acceptedAt", time(entry.at()))
                    .put("state", "ACCEPTED"));
        }
        answer(exchange, 200, page.toString(), key.get());
    }

    /** Of a day before it was there. */
    private String manifest(String day) {
        ObjectNode manifest = JsonMapper.shared().createObjectNode();
        manifest.put("kind", "MANIFEST").put("day", day).put("hub", party);
        for (String side : List.of("sent", "accepted")) {
            manifest.putObject(side).put("count", 0).put("digest", ContentDigest.of(new byte[0]));
        }
        manifest.putObject("chain").put("seq", 0).put("hash", "0".repeat(64));
        return manifest.toString();
    }

    private static void answer(HttpExchange exchange, int status, String text, SigningKey by) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        Map<String, List<String>> fields = new LinkedHashMap<>();
        fields.put("content-type", List.of("application/json"));
        fields.put("content-digest", List.of(ContentDigest.of(body)));
        fields.forEach((name, values) -> exchange.getResponseHeaders().set(name, values.get(0)));
        if (by != null) {
            MessageSigner.Signed signature =
                    MessageSigner.sign(SignedMessage.answer(status, fields), COVERED, by, Instant.now(), null);
            exchange.getResponseHeaders().set("Signature-Input", signature.input());
            exchange.getResponseHeaders().set("Signature", signature.signature());
        }
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
