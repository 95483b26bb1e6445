package org.shuniu.bench.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.shuniu.bench.subject.HubDirectory;
import org.shuniu.bench.subject.Program;
import org.shuniu.bench.subject.RunningSubject;
import org.shuniu.bench.subject.Subject;

/** Who takes a region's messages: the hub with its exchange open, or a floor behind the same TLS. */
public final class ExchangeSide implements Program {

    /** The region that the demo keeps for whoever tries the exchange. */
    static final String REGION = "jiangsu-test";

    private final String label;
    private final Papers papers;
    private final boolean hub;
    private final int tlsPort;

    private ExchangeSide(String label, Papers papers, boolean hub) throws IOException {
        this.label = label;
        this.papers = papers;
        this.hub = hub;
        this.tlsPort = RunningSubject.freePort();
    }

    /** The hub, with a region that signs as the hub does. */
    public static ExchangeSide hub(Papers papers) throws IOException {
        return new ExchangeSide("hub " + papers.algorithm(), papers, true);
    }

    public static ExchangeSide floor(Papers papers) throws IOException {
        return new ExchangeSide("floor", papers, false);
    }

    @Override
    public String label() {
        return label;
    }

    /** Whether it looks at signatures and keeps a record. */
    public boolean isHub() {
        return hub;
    }

    public Papers papers() {
        return papers;
    }

    int tlsPort() {
        return tlsPort;
    }

    String base() {
        return "https://127.0.0.1:%d/partner/v1".formatted(tlsPort);
    }

    @Override
    public String ready() {
        return hub ? Subject.HUB.ready() : RunningSubject.READY;
    }

    @Override
    public List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
        if (!hub) {
            return Program.of(
                    ExchangeFloor.class,
                    directory.resolve("data").toString(),
                    Integer.toString(tlsPort),
                    papers.path("hub.p12").toString(),
                    papers.path("ca.pem").toString());
        }
        List<String> command = HubDirectory.prepare(directory, port, partnersPort);
        register(directory);
        command.addAll(List.of(
                "--shuniu.exchange.enabled=true",
                "--shuniu.exchange.port=" + tlsPort,
                "--shuniu.exchange.base=" + base(),
                "--shuniu.exchange.certificate=" + papers.path("hub.pem"),
                "--shuniu.exchange.certificate-key=" + papers.path("hub.key"),
                "--shuniu.exchange.client-authorities=" + papers.path("ca.pem"),
                "--shuniu.exchange.keyid=" + Papers.HUB_KEY,
                "--shuniu.exchange.algorithm=" + papers.algorithm(),
                "--shuniu.exchange.signing-key=" + papers.path("hub.sign"),
                "--shuniu.attachments.largest=4GB"));
        return command;
    }

    /** Puts the region's papers where its profile looks, and lets it send as much as it can. */
    private void register(Path directory) throws IOException {
        Path folder = Files.createDirectories(directory.resolve("data/exchange").resolve(REGION));
        Files.copy(papers.path("region.pub"), folder.resolve(Papers.REGION_KEY + ".pub"));
        Files.copy(papers.path("region.pem"), folder.resolve(Papers.REGION_KEY + ".crt"));
        Path profile = directory.resolve("routes").resolve(REGION).resolve("partner.yaml");
        String text = Files.readString(profile);
        String agreed = text.replaceFirst(
                "(?m)^  directions:", "  limits: {attachment: 4GB, per-minute: 1000000000}\n  directions:");
        if (agreed.equals(text)) {
            throw new IOException("Expected the key directions in " + profile);
        }
        Files.writeString(profile, agreed);
    }
}
