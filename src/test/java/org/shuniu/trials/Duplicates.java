package org.shuniu.trials;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** The same message again: at the same moment, and after more than a year. */
final class Duplicates {

    private static final int THREADS = 50;
    private static final int OLD = 400;

    private Duplicates() {}

    /** F28: many threads hand in the same message at once. */
    static void storm(String name, int rounds) throws Exception {
        String what = "%d threads hand in the same application, %d times".formatted(THREADS, rounds);
        try (Trial trial = Trial.of(name, what).ready()) {
            for (int round = 0; round < rounds; round++) {
                String key = UUID.randomUUID().toString();
                String item = LoadDriver.MIX.get(round % LoadDriver.MIX.size());
                List<Journal.Receipt> receipts =
                        together(trial, key, trial.newSeed().application(item));
                assertThat(receipts.stream()
                                .filter(receipt -> receipt.status() == 202)
                                .count())
                        .as("first receipts of %s", key)
                        .isEqualTo(1);
                assertThat(distinct(receipts).size()).as("receipts of %s", key).isEqualTo(1);
            }
            assertThat(trial.database().count("select count(*) from message where partner = 'acceptance-platform'"))
                    .as("rows")
                    .isEqualTo(rounds);
            trial.prove();
        }
    }

    private static List<Journal.Receipt> together(Trial trial, String key, String body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Journal.Receipt>> calls = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                calls.add(() -> trial.platform().untilAnswered("/api/v1/applications", key, body));
            }
            List<Journal.Receipt> receipts = new ArrayList<>();
            for (Future<Journal.Receipt> call : threads.invokeAll(calls)) {
                receipts.add(call.get());
            }
            receipts.removeIf(Objects::isNull);
            assertThat(receipts).hasSize(THREADS);
            return receipts;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Set<String> distinct(List<Journal.Receipt> receipts) {
        return receipts.stream().map(Journal.Receipt::bytes).collect(Collectors.toSet());
    }

    /** F29: everything is made to look more than a year old and is handed in again. */
    static void afterMoreThanAYear(String name, int messages) {
        String what = "%d messages are handed in again %d days later".formatted(messages, OLD);
        try (Trial trial = Trial.of(name, what).ready()) {
            List<String[]> sent = new ArrayList<>();
            List<Journal.Receipt> first = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                String[] sheet = {
                    UUID.randomUUID().toString(),
                    trial.newSeed().application(LoadDriver.MIX.get(i % LoadDriver.MIX.size()))
                };
                sent.add(sheet);
                first.add(trial.platform().untilAnswered("/api/v1/applications", sheet[0], sheet[1]));
            }
            trial.awaitQuiet();
            age(trial.database(), "message_key", "accepted_at");
            age(trial.database(), "message", "accepted_at");
            age(trial.database(), "delivery", "created_at");
            age(trial.database(), "delivery", "due_at");
            age(trial.database(), "case_file", "received_at");
            age(trial.database(), "answer", "received_at");
            trial.hub().terminate();
            trial.hub().start();
            Crashes.live(Duration.ofSeconds(2));
            for (int i = 0; i < messages; i++) {
                Journal.Receipt again =
                        trial.platform().untilAnswered("/api/v1/applications", sent.get(i)[0], sent.get(i)[1]);
                assertThat(again.status()).isEqualTo(200);
                assertThat(again.bytes()).isEqualTo(first.get(i).bytes());
            }
            trial.prove();
        }
    }

    private static void age(HubDatabase database, String table, String column) {
        database.update("update %s set %s = %2$s - interval '%d days'".formatted(table, column, OLD));
    }
}
