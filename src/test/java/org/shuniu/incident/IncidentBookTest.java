package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.CaseTimes;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.context.support.ResourceBundleMessageSource;

class IncidentBookTest {

    private static final int FLOOD = 3;
    private static final Duration TOGETHER = Duration.ofMinutes(5);
    private static final Duration HOLD = Duration.ofSeconds(30);
    private static final Set<IncidentKind> ALL = Set.of(IncidentKind.values());

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static NoticeWords words;

    private final List<String> audit = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedDatabase.start(directory.resolve("postgres"), 0);
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        Flyway.configure().dataSource(pools.main()).load().migrate();
        ResourceBundleMessageSource bundle = new ResourceBundleMessageSource();
        bundle.setBasename("console/messages");
        bundle.setDefaultEncoding("UTF-8");
        bundle.setFallbackToSystemLocale(false);
        PartnerDirectory none = PartnerDirectory.load(Files.createDirectory(directory.resolve("routes")), text -> text);
        words = new NoticeWords(bundle, none, "http://hub/incidents");
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        pools.console().sql().execute("truncate incident, incident_notice, incident_lease");
    }

    @Test
    void keepsOneRowFromOpeningToAllClearAndSaysSoInTheAudit() {
        IncidentBook book = book(QuietHours.NONE);

        book.write(List.of(down("police", 3)), ALL, now);
        book.write(List.of(down("police", 9)), ALL, now.plusSeconds(10));
        book.write(List.of(down("police", 2)), ALL, now.plusSeconds(20));
        book.write(List.of(), ALL, now.plusSeconds(30));

        assertThat(incidents())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("most_cases", 9L)
                        .containsEntry("cases", 2L)
                        .doesNotContainEntry("closed_at", null));
        assertThat(audit).containsExactly("incident-opened", "incident-closed");
        assertThat(notices()).containsExactly("opened 1", "closed 1");
    }

    @Test
    void writesNothingWhenTheAuditCannot() {
        IncidentBook broken = new IncidentBook(
                pools.settlement(),
                lease(),
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {
                    throw new IllegalStateException("no audit");
                }),
                desk(QuietHours.NONE),
                Duration.ZERO);

        assertThat(catchThrowable(() -> broken.write(List.of(down("police", 1)), ALL, now)))
                .hasMessage("no audit");
        assertThat(incidents()).isEmpty();
        assertThat(notices()).isEmpty();
    }

    @Test
    void leavesItToOneProcess() {
        IncidentBook first = book(QuietHours.NONE);
        IncidentBook second = book(QuietHours.NONE);

        first.write(List.of(), ALL, now);
        second.write(List.of(down("police", 1)), ALL, now);

        assertThat(incidents()).isEmpty();
    }

    @Test
    void tellsManyTogetherAndNotTooOften() {
        IncidentBook book = book(QuietHours.NONE);

        book.write(many(FLOOD + 1), ALL, now);
        book.write(many(FLOOD + 3), ALL, now.plusSeconds(10));
        assertThat(notices()).containsExactly("opened 4");

        book.write(many(FLOOD + 3), ALL, now.plus(TOGETHER).plusSeconds(1));
        assertThat(notices()).containsExactly("opened 4", "opened 2");

        book.write(List.of(), ALL, now.plus(TOGETHER).plusSeconds(2));
        assertThat(notices()).containsExactly("opened 4", "opened 2", "closed 6");
    }

    @Test
    void letsOnlyWhatIsUrgentBreakTheQuiet() {
        LocalTime here = LocalTime.ofInstant(now, CaseTimes.SHANGHAI);
        IncidentBook book = book(new QuietHours(here.minusHours(1), here.plusHours(1)));
        Condition slow = down("police", 1);

        book.write(List.of(slow), ALL, now);
        assertThat(outbox().take(HOLD)).isEmpty();

        book.write(List.of(slow.urgent(true)), ALL, now);
        assertThat(outbox().take(HOLD)).isPresent();
    }

    @Test
    void sendsANoticeAgainUnderItsIdAndNoAllClearBeforeIt() {
        IncidentBook book = book(QuietHours.NONE);
        book.write(List.of(down("police", 1)), ALL, now);
        book.write(List.of(), ALL, now);
        NoticeOutbox outbox = outbox();
        NoticeOutbox.Notice first = outbox.take(HOLD).orElseThrow();

        assertThat(outbox.take(HOLD))
                .as("it is on its way, and the other waits for it")
                .isEmpty();
        outbox.notSent(first.id(), "HTTP 503", Duration.ZERO);
        NoticeOutbox.Notice again = outbox.take(HOLD).orElseThrow();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.body()).isEqualTo(first.body()).contains(first.id().toString(), "police");
        outbox.sent(again.id());
        NoticeOutbox.Notice allClear = outbox.take(HOLD).orElseThrow();
        outbox.sent(allClear.id());

        assertThat(allClear.body()).contains("\"event\":\"closed\"");
        assertThat(outbox.take(HOLD)).isEmpty();
        assertThat(incidents())
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .doesNotContainEntry("notified_open_at", null)
                        .doesNotContainEntry("notified_close_at", null));
    }

    @Test
    void tellsOnceMoreWhatBecomesUrgent() {
        IncidentBook book = book(QuietHours.NONE);
        Condition slow = down("police", 1);
        book.write(List.of(slow), ALL, now);
        outbox().sent(outbox().take(HOLD).orElseThrow().id());

        book.write(List.of(slow.urgent(true)), ALL, now.plusSeconds(1));
        book.write(List.of(slow.urgent(true)), ALL, now.plusSeconds(2));

        assertThat(notices()).containsExactly("opened 1", "opened 1");
    }

    @Test
    void countsCasesBySenderAndReceiver() {
        Stream.of("police", "police", "health").forEach(receiver -> arrived(receiver, now));
        arrived("police", now.minusSeconds(3600));

        Silences.Volume volume = new CaseCounts(pools.settlement().sql(), List.of("police", "health", "grain"))
                .between(now.minusSeconds(60), now.plusSeconds(1));

        assertThat(volume.bySender()).isEqualTo(Map.of("platform", 3L));
        assertThat(volume.byReceiver()).isEqualTo(Map.of("police", 2L, "health", 1L));
    }

    @Test
    void hearsOfEveryCaseOnceThoughItIsCommittedLate() {
        CaseCounts counts = new CaseCounts(pools.settlement().sql(), List.of("archives", "economy", "housing"));
        Instant begin = now.minusSeconds(86_400);
        arrived("archives", begin.plusSeconds(10));
        assertThat(counts.heard(begin, begin.plusSeconds(60))).containsExactlyInAnyOrder("platform", "archives");

        arrived("economy", begin.plusSeconds(50));
        arrived("housing", begin.plusSeconds(20));

        assertThat(counts.heard(begin.plusSeconds(5), begin.plusSeconds(65)))
                .as("what was received half a minute before it was looked at is seen, what is older has been")
                .containsExactlyInAnyOrder("platform", "archives", "economy");
        assertThat(counts.heard(begin.plusSeconds(30), begin.plusSeconds(90)))
                .as("each counts for as long as it is asked for")
                .containsExactlyInAnyOrder("platform", "economy");
        assertThat(counts.heard(begin.plusSeconds(60), begin.plusSeconds(120))).isEmpty();
    }

    @Test
    void keepsWhoseSilenceIsAnIncident() {
        book(QuietHours.NONE)
                .write(
                        List.of(down("police", 1), new Condition(IncidentKind.SILENCE, "platform", now, 30, "sender")),
                        ALL,
                        now);

        assertThat(new IncidentStore(pools.settlement().sql()).partnersOf(IncidentKind.SILENCE))
                .containsExactly("platform");
    }

    @Test
    void namesEveryDepartmentWhoseCasesAreLate() {
        Stream.of("late-a", "late-a", "late-b").forEach(receiver -> arrived(receiver, now));
        pools.console().sql().update("""
                insert into time_limit (case_no, working_days, accepted_on, due_on)
                select case_no, 5, current_date - 40, current_date - 30 from case_file where receiver like 'late-%'
                """);
        TimeLimits limits =
                new TimeLimits(pools.settlement().sql(), Catalogue.load(Path.of("mappings")), Clock.systemUTC());

        assertThat(new LimitsAtRisk(limits, 1).look(now))
                .extracting(condition -> condition.key().partner() + " " + condition.cases())
                .contains("late-a 2", "late-b 1");
    }

    private static void arrived(String receiver, Instant at) {
        pools.console()
                .sql()
                .update(
                        """
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, applicant_index,
                    application_id, received_at, changed_at)
                values (?, 'platform', '1', ?, '2', '20', 'x', ''::bytea, ?, ?, ?)
                """,
                        UUID.randomUUID().toString(),
                        receiver,
                        UUID.randomUUID(),
                        CaseFiles.utc(at),
                        CaseFiles.utc(at));
    }

    private IncidentBook book(QuietHours quiet) {
        AuditLog log = new AuditLog(
                pools.settlement().sql(), pools.settlement().transaction(), line -> audit.add(line.action()));
        return new IncidentBook(pools.settlement(), lease(), log, desk(quiet), Duration.ZERO);
    }

    private static IncidentLease lease() {
        return new IncidentLease(pools.settlement().sql(), Duration.ofMinutes(1));
    }

    private static NoticeDesk desk(QuietHours quiet) {
        Channel webhook = new Channel() {
            @Override
            public String name() {
                return "webhook";
            }

            @Override
            public void send(UUID id, String body) {
                throw new AssertionError("nothing is sent while it is written");
            }
        };
        return new NoticeDesk(pools.settlement().sql(), List.of(webhook), words, quiet, FLOOD, TOGETHER);
    }

    private static NoticeOutbox outbox() {
        return new NoticeOutbox(pools.settlement(), Duration.ofDays(1));
    }

    private static List<Condition> many(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> down("partner-" + number, 1))
                .toList();
    }

    private static Condition down(String partner, long cases) {
        return new Condition(IncidentKind.CIRCUIT, partner, null, cases, "receiver");
    }

    private static List<Map<String, Object>> incidents() {
        return pools.console().sql().queryForList("select * from incident order by id");
    }

    private static List<String> notices() {
        return pools.console()
                .sql()
                .queryForList(
                        "select kind || ' ' || cardinality(incidents) from incident_notice order by made_at, kind desc",
                        String.class);
    }
}
