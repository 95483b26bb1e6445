package org.shuniu.timestamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.shuniu.packaged.Openssl;

/** A time-stamp authority that is openssl itself, behind a small HTTP server with faults. */
public final class OpensslAuthority implements AutoCloseable {

    /** What goes wrong with one call. */
    public enum Fault {
        AWAY,
        GARBAGE,
        /** The answer to another question about the same. */
        WRONG_NONCE,
        /** An answer about something else. */
        WRONG_IMPRINT,
        /** No end until it is closed. */
        SLOW
    }

    /** The policy under which it stamps. */
    public static final String POLICY = "1.2.156.1.1";

    private static final String SETTINGS = """
            [authority]
            serial = ./serial
            signer_cert = tsa.crt
            signer_key = tsa.key
            signer_digest = sha256
            default_policy = %s
            digests = sha256
            ess_cert_id_alg = sha256
            """;

    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Path folder;
    private HttpServer server;

    private OpensslAuthority(Path folder) {
        this.folder = folder;
    }

    /** Makes an authority that stamps, and the one that its certificate comes from. */
    public static OpensslAuthority make(Path folder) throws IOException {
        Files.createDirectories(folder);
        OpensslAuthority authority = new OpensslAuthority(folder);
        Openssl.authority(folder, "tsa-ca");
        Openssl.certificate(folder, "tsa", "tsa-ca", "critical,timeStamping");
        Files.writeString(folder.resolve("settings"), SETTINGS.formatted(POLICY));
        Files.writeString(folder.resolve("serial"), "01\n");
        return authority;
    }

    /** What goes wrong with the next calls, one each. */
    public void fail(List<Fault> next) {
        faults.addAll(next);
    }

    /** Takes back the faults that are still to come. */
    public void mend() {
        faults.clear();
    }

    /** How many faults are still to come. */
    public int faultsLeft() {
        return faults.size();
    }

    /** PEM of whom its certificate comes from. */
    public Path certificate() {
        return folder.resolve("tsa-ca.pem");
    }

    public String pem() {
        try {
            return Files.readString(certificate());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Its answer. */
    public synchronized byte[] answer(byte[] query) {
        try {
            Files.write(folder.resolve("query"), query);
            Openssl.run(folder, "ts -reply -config settings -section authority -queryfile query -out answer");
            return Files.readAllBytes(folder.resolve("answer"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Its answer when somebody else asks about the same bytes, or about others. */
    public synchronized byte[] otherAnswer(byte[] query, boolean aboutTheSame) {
        try {
            Files.write(folder.resolve("theirs"), query);
            Files.writeString(folder.resolve("else"), "something else");
            // The text shows the digest, of which a question of its own can be made.
            String about = aboutTheSame ? "-digest " + digest(query) : "-data else";
            Openssl.run(folder, "ts -query " + about + " -sha256 -cert -out other");
            return answer(Files.readAllBytes(folder.resolve("other")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String digest(byte[] query) throws IOException {
        return java.util.HexFormat.of()
                .formatHex(new org.bouncycastle.tsp.TimeStampRequest(query).getMessageImprintDigest());
    }

    /** Begins to answer; returns its address. */
    public String serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        return "http://127.0.0.1:%d/tsa".formatted(server.getAddress().getPort());
    }

    private void serve(HttpExchange call) throws IOException {
        byte[] query = call.getRequestBody().readAllBytes();
        Fault fault = faults.poll();
        byte[] answer = answer(query, fault);
        call.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
        if (fault == Fault.SLOW) {
            call.sendResponseHeaders(200, 0);
            call.getResponseBody().write(1);
            call.getResponseBody().flush();
            awaitEnd();
        } else {
            call.sendResponseHeaders(fault == Fault.AWAY ? 503 : 200, answer.length);
            call.getResponseBody().write(answer);
        }
        call.close();
    }

    private byte[] answer(byte[] query, Fault fault) {
        if (fault == null) {
            return answer(query);
        }
        return switch (fault) {
            case AWAY, GARBAGE, SLOW -> "not now".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            case WRONG_NONCE -> otherAnswer(query, true);
            case WRONG_IMPRINT -> otherAnswer(query, false);
        };
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (server != null) {
            server.stop(0);
            ((java.util.concurrent.ExecutorService) server.getExecutor()).shutdownNow();
        }
    }
}
