package org.shuniu.trials;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.shuniu.packaged.ClientTls;
import org.shuniu.packaged.Openssl;
import org.shuniu.packaged.Workplace;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;

/** A region that uploads attachments over the exchange's own port. */
final class AttachingRegion {

    private static final String REGION = "jiangsu-test";
    private static final String KEYID = "attaching-1";
    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private final String base;
    private final SigningKey key;
    private final HttpClient client;

    private AttachingRegion(String base, SigningKey key, HttpClient client) {
        this.base = base;
        this.key = key;
        this.client = client;
    }

    /** Gives the hub, which is not started yet, an exchange that knows this region. */
    static AttachingRegion connect(HubProcess hub) throws IOException {
        Path papers = Files.createDirectories(hub.directory().resolve("papers"));
        Openssl.authority(papers, "ca");
        Openssl.certificate(papers, "hub", "ca", "serverAuth");
        Openssl.certificate(papers, "region", "ca", "clientAuth");
        Openssl.run(
                papers,
                "pkcs12 -export -in region.crt -inkey region.key -passout pass:%s -out region.p12"
                        .formatted(ClientTls.PASSWORD));
        for (String signer : List.of("hub", "region")) {
            Openssl.run(papers, "genpkey -algorithm ed25519 -out %s.sign".formatted(signer));
        }
        Openssl.run(papers, "pkey -in region.sign -pubout -out region.pub");
        Path folder = Files.createDirectories(hub.data().resolve("exchange").resolve(REGION));
        Files.copy(papers.resolve("region.pub"), folder.resolve(KEYID + ".pub"));
        Files.copy(papers.resolve("region.crt"), folder.resolve(KEYID + ".crt"));
        int port = Workplace.freePort();
        String base = "https://127.0.0.1:%d/partner/v1".formatted(port);
        hub.set("shuniu.exchange.enabled", "true");
        hub.set("shuniu.exchange.port", Integer.toString(port));
        hub.set("shuniu.exchange.base", base);
        hub.set("shuniu.exchange.certificate", papers.resolve("hub.crt").toString());
        hub.set("shuniu.exchange.certificate-key", papers.resolve("hub.key").toString());
        hub.set("shuniu.exchange.client-authorities", papers.resolve("ca.pem").toString());
        hub.set("shuniu.exchange.algorithm", "ed25519");
        hub.set("shuniu.exchange.signing-key", papers.resolve("hub.sign").toString());
        return new AttachingRegion(
                base,
                SigningKey.of(KEYID, SignatureAlgorithm.ED25519, Files.readString(papers.resolve("region.sign"))),
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .sslContext(ClientTls.of(papers.resolve("ca.pem"), papers.resolve("region.p12")))
                        .build());
    }

    /** Uploads all of an attachment by one signed PUT; returns the answer's status. */
    int upload(byte[] sha256, HttpRequest.BodyPublisher content) throws IOException, InterruptedException {
        URI target = URI.create(
                "%s/attachments/sha256:%s".formatted(base, HexFormat.of().formatHex(sha256)));
        String digest = ContentDigest.field(sha256);
        MessageSigner.Signed signature = MessageSigner.sign(
                SignedMessage.request("PUT", target, Map.of("content-digest", List.of(digest))),
                List.of("@method", "@target-uri", "content-digest"),
                key,
                Instant.now(),
                UUID.randomUUID().toString());
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .header("Content-Digest", digest)
                .header("Signature-Input", signature.input())
                .header("Signature", signature.signature())
                .PUT(content)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
