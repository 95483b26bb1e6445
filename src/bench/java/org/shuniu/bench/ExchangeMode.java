package org.shuniu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.bench.exchange.ExchangeSide;
import org.shuniu.bench.exchange.Messages;
import org.shuniu.bench.exchange.Papers;
import org.shuniu.bench.exchange.Receipts;
import org.shuniu.bench.exchange.Uploads;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.load.LoadGenerator;
import org.shuniu.bench.partners.Field;
import org.shuniu.bench.partners.Lives;
import org.shuniu.signature.SignatureAlgorithm;

/** Measures what the exchange takes in, by both kinds of signature, beside a floor that signs and checks nothing. */
final class ExchangeMode {

    private static final Path RUN = BenchSettings.DIRECTORY.resolve("run");

    private final BenchSettings settings;
    private final Map<String, List<Taken>> taken = new LinkedHashMap<>();

    ExchangeMode(BenchSettings settings) {
        this.settings = settings;
    }

    /**
     * What one run of one side came to.
     *
     * @param late share of the messages at half load that were signed as they were sent
     */
    record Taken(Measured messages, double late, Uploads.Rates uploads) {}

    void run() throws IOException, InterruptedException {
        Directories.empty(RUN);
        Machine before = Machine.now();
        Uploads uploads = Uploads.make(RUN.resolve("uploads"), settings.attachment());
        Papers sm2 = Papers.make(RUN.resolve("papers-sm2"), SignatureAlgorithm.SM2_SM3);
        Papers ed25519 = Papers.make(RUN.resolve("papers-ed25519"), SignatureAlgorithm.ED25519);
        for (int round = 1; round <= settings.rounds(); round++) {
            for (ExchangeSide side :
                    List.of(ExchangeSide.floor(sm2), ExchangeSide.hub(sm2), ExchangeSide.hub(ed25519))) {
                measure(side, uploads, round);
            }
        }
        Directories.remove(RUN.resolve("uploads"));
        ExchangeReport report = new ExchangeReport(settings, taken, before, Machine.now());
        report.write();
        System.out.println(report.table());
    }

    private void measure(ExchangeSide side, Uploads uploads, int round) throws IOException, InterruptedException {
        Path directory = RUN.resolve("%s-%d".formatted(side.label().replace(' ', '-'), round));
        Receipts receipts = new Receipts();
        Messages messages = Messages.to(side, receipts);
        // What the department has is relayed; a floor relays nothing.
        Lives lives = Lives.untilDecided(BenchSettings.OPEN_LIVES);
        LoadGenerator.Talk talk = side.isHub() ? messages::say : connection -> whole(messages.say(connection), lives);
        Trial.Loading loading = (subject, partnersPort) -> new LoadGenerator(messages::connection, talk, lives);
        try (Trial trial = Trial.start(side, directory, lives, loading, messages::makeAhead)) {
            Measured measured = trial.measure(settings.warmup(), settings.window());
            double sent = measured.halfRate() * settings.window().toMillis() / 1000 * 5 / 8;
            String checked = side.isHub()
                    ? receipts.check(side, trial.subject().databaseUrl())
                    : "%s, nothing to verify".formatted(trial.account());
            Taken result = new Taken(measured, Math.min(1, messages.late() / sent), uploads.measure(side));
            taken.computeIfAbsent(side.label(), unseen -> new ArrayList<>()).add(result);
            System.out.printf(
                    "round %d  %-12s %7.1f messages/s  %6.2f cpu s/1000  202 at %.0f/s: p50 %.1f ms p99 %.1f ms"
                            + "  uploads %.0f and %.0f MB/s  (%s)%n",
                    round,
                    side.label(),
                    measured.livesPerSecond(),
                    measured.cpuPerThousand(),
                    measured.halfRate(),
                    measured.p50Millis(),
                    measured.p99Millis(),
                    result.uploads().one(),
                    result.uploads().eight(),
                    checked);
        }
        Directories.remove(directory.resolve("data"));
    }

    private static HttpConnection.Answer whole(HttpConnection.Answer answer, Lives lives) {
        if (answer.status() == 202) {
            lives.decided(Field.of(answer.text(), "messageId"), Field.of(answer.text(), "caseNo"));
        }
        return answer;
    }
}
