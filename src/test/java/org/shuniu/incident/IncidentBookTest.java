package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;

class IncidentBookTest {

    private static final String WEBHOOK = "webhook";
    private static final String NIGHT = "sms-night";
    private static final int FLOOD = 3;
    private static final Duration TOGETHER = Duration.ofMinutes(5);
    private static final Duration HOLD = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<IncidentKind> ALL = Set.of(IncidentKind.values());

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static NoticeWords words;

    private final IncidentLease lease = new IncidentLease(pools.settlement().sql(), Duration.ofMinutes(1));
    private final List<String> audit = new ArrayList<>();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
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
                lease,
                new AuditLog(pools.settlement().sql(), pools.settlement().transaction(), line -> {
                    throw new IllegalStateException("no audit");
                }),
                desk(QuietHours.NONE, WEBHOOK),
                Duration.ZERO);

        assertThat(catchThrowable(() -> broken.write(List.of(down("police", 1)), ALL, now)))
                .hasMessage("no audit");
        assertThat(incidents()).isEmpty();
        assertThat(notices()).isEmpty();
    }

    @Test
    void leavesItToOneProcess() {
        IncidentLease other = new IncidentLease(pools.settlement().sql(), Duration.ofMinutes(1));
        assertThat(other.hold()).isTrue();

        book(QuietHours.NONE).write(List.of(down("police", 1)), ALL, now);

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
        assertThat(outbox().take(WEBHOOK, HOLD)).isEmpty();

        book.write(List.of(slow.urgent(true)), ALL, now);
        assertThat(outbox().take(WEBHOOK, HOLD)).isPresent();
    }

    @Test
    void sendsANoticeAgainUnderItsIdAndNoAllClearBeforeIt() {
        IncidentBook book = book(QuietHours.NONE);
        book.write(List.of(down("police", 1)), ALL, now);
        book.write(List.of(), ALL, now);
        NoticeOutbox outbox = outbox();
        NoticeOutbox.Notice first = outbox.take(WEBHOOK, HOLD).orElseThrow();

        assertThat(outbox.take(WEBHOOK, HOLD))
                .as("it is on its way, and the other waits for it")
                .isEmpty();
        outbox.notSent(first.id(), Channel.NotTaken.surely("HTTP 503"), Duration.ZERO);
        NoticeOutbox.Notice again = outbox.take(WEBHOOK, HOLD).orElseThrow();
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.body()).isEqualTo(first.body()).contains(first.id().toString(), "police");
        outbox.sent(again.id());
        NoticeOutbox.Notice allClear = outbox.take(WEBHOOK, HOLD).orElseThrow();
        outbox.sent(allClear.id());

        assertThat(allClear.body()).contains("\"event\":\"closed\"");
        assertThat(outbox.take(WEBHOOK, HOLD)).isEmpty();
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
        outbox().sent(outbox().take(WEBHOOK, HOLD).orElseThrow().id());

        book.write(List.of(slow.urgent(true)), ALL, now.plusSeconds(1));
        book.write(List.of(slow.urgent(true)), ALL, now.plusSeconds(2));

        assertThat(notices()).containsExactly("opened 1", "urgent 1");
    }

    @Test
    void givesTheAllClearOfWhatBecameUrgentAndEndedBeforeThatWasTold() {
        IncidentBook book = book(QuietHours.NONE);
        Condition slow = down("police", 1);
        book.write(List.of(slow), ALL, now);
        outbox().sent(outbox().take(WEBHOOK, HOLD).orElseThrow().id());
        List<Condition> flood = Stream.concat(
                        Stream.of(slow.urgent(true)), many(FLOOD).stream().map(condition -> condition.urgent(true)))
                .toList();
        pools.console()
                .sql()
                .update(
                        "insert into incident_notice (id, channel, kind, incidents, body, made_at, due_at)"
                                + " values (gen_random_uuid(), 'webhook', 'urgent', '{0}', '', now() + interval '1 hour', now())");

        book.write(flood, ALL, now.plusSeconds(1));
        book.write(many(FLOOD), ALL, now.plusSeconds(2));

        assertThat(notices())
                .contains("closed 1")
                .filteredOn("urgent 1"::equals)
                .hasSize(1);
    }

    @Test
    void letsNoChannelWaitForAnother() {
        book(QuietHours.NONE, WEBHOOK, NIGHT).write(List.of(down("police", 1)), ALL, now);
        NoticeOutbox outbox = outbox();

        NoticeOutbox.Notice held = outbox.take(WEBHOOK, HOLD).orElseThrow();
        NoticeOutbox.Notice other = outbox.take(NIGHT, HOLD).orElseThrow();

        assertThat(other.id()).isNotEqualTo(held.id());
        outbox.notSent(held.id(), Channel.NotTaken.perhaps("no answer"), Duration.ofDays(1));
        outbox.sent(other.id());
        book(QuietHours.NONE, WEBHOOK, NIGHT).write(List.of(), ALL, now);
        assertThat(outbox.take(WEBHOOK, HOLD)).isEmpty();
        assertThat(outbox.take(NIGHT, HOLD)).isPresent();
    }

    /** A mail server that takes the call and never says a word. */
    @Test
    void sendsByOneChannelWhileAnotherHangs() throws Exception {
        BlockingQueue<String> rung = new LinkedBlockingQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            rung.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            call.sendResponseHeaders(204, -1);
            call.close();
        });
        server.start();
        ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        NoticeSender sender = new NoticeSender(
                outbox(), List.of(hanging(silent.getLocalPort()), ringing(server)), Duration.ofMillis(50));
        IncidentBook book = book(QuietHours.NONE, "mail", WEBHOOK);
        book.write(List.of(down("police", 1)), ALL, now);
        sender.start();

        try (Socket underWay = silent.accept()) {
            assertThat(rung.poll(60, TimeUnit.SECONDS)).contains("\"event\":\"opened\"");
            book.write(List.of(), ALL, now.plusSeconds(1));
            assertThat(rung.poll(60, TimeUnit.SECONDS)).contains("\"event\":\"closed\"");
            assertThat(underWay.isClosed()).isFalse();
            await().atMost(PATIENCE).until(() -> unsent().equals(List.of("mail opened", "mail closed")));
        } finally {
            silent.close();
            sender.stop();
            server.stop(0);
        }
        assertThat(rung).isEmpty();
    }

    private static MailServer hanging(int port) {
        OutsideProperties.Mail settings = new OutsideProperties.Mail(
                "127.0.0.1",
                port,
                "none",
                "",
                "",
                "hub@example.org",
                List.of("duty@example.org"),
                Duration.ofMinutes(10));
        return new MailServer(settings, Optional.empty());
    }

    private static Webhook ringing(HttpServer server) {
        URI url =
                URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
        return new Webhook(url, HOLD, Optional.empty(), Optional.empty());
    }

    private static List<String> unsent() {
        return pools.console()
                .sql()
                .queryForList(
                        "select channel || ' ' || kind from incident_notice where sent_at is null order by made_at",
                        String.class);
    }

    /** A telephone behind a gateway that knows no repetition, and whose answers are all lost. */
    @Test
    void sendsTwiceAtMostWhatMayHaveArrivedEachTime() {
        AtomicInteger sent = new AtomicInteger();
        Channel phone = new UnsentChannel(NIGHT) {
            @Override
            public void send(UUID id, String body) throws NotTaken {
                sent.incrementAndGet();
                throw NotTaken.perhaps("no answer");
            }
        };
        NoticeSender sender = new NoticeSender(outbox(), List.of(phone), Duration.ofMillis(50));
        book(QuietHours.NONE, NIGHT).write(List.of(down("police", 1)), ALL, now);

        sender.start();
        await().atMost(PATIENCE)
                .until(() -> pools.console()
                        .sql()
                        .queryForObject("select given_up_at is not null from incident_notice", Boolean.class));
        sender.stop();

        assertThat(sent).hasValue(2);
    }

    @Test
    void tellsNothingOfAnEndToWhomItDidNotTellTheBeginning() {
        book(QuietHours.NONE, WEBHOOK).write(List.of(down("police", 1)), ALL, now);
        book(QuietHours.NONE, WEBHOOK, NIGHT).write(List.of(), ALL, now.plusSeconds(1));

        assertThat(pools.console()
                        .sql()
                        .queryForList(
                                "select channel || ' ' || kind from incident_notice order by made_at", String.class))
                .containsExactly("webhook opened", "webhook closed");
    }

    /** The process is killed between sending and marking: what it had taken is there again, the same, once its hold is over. */
    @Test
    void takesWhatAKilledProcessHadSentAgainInTheSameWordsAndCountsTheDoubt() {
        book(QuietHours.NONE).write(List.of(down("police", 1)), ALL, now);
        NoticeOutbox.Notice sentByTheKilled =
                outbox().take(WEBHOOK, Duration.ZERO).orElseThrow();

        NoticeOutbox.Notice again = outbox().take(WEBHOOK, HOLD).orElseThrow();

        assertThat(again.id()).isEqualTo(sentByTheKilled.id());
        assertThat(again.body()).isEqualTo(sentByTheKilled.body());
        assertThat(sentByTheKilled.doubts()).isZero();
        assertThat(again.doubts()).isEqualTo(1);
        assertThat(notices()).containsExactly("opened 1");
    }

    @Test
    void doubtsNothingThatSurelyDidNotArrive() {
        book(QuietHours.NONE).write(List.of(down("police", 1)), ALL, now);
        NoticeOutbox outbox = outbox();
        UUID id = outbox.take(WEBHOOK, HOLD).orElseThrow().id();

        outbox.notSent(id, Channel.NotTaken.surely("flow control"), Duration.ZERO);
        assertThat(outbox.take(WEBHOOK, HOLD).orElseThrow().doubts()).isZero();

        outbox.notSent(id, Channel.NotTaken.perhaps("no answer"), Duration.ZERO);
        assertThat(outbox.take(WEBHOOK, HOLD).orElseThrow().doubts()).isEqualTo(1);
    }

    @Test
    void showsWhoWasToldOfEachIncidentAndHowFarThatIs() {
        book(QuietHours.NONE, WEBHOOK, NIGHT).write(List.of(down("police", 1)), ALL, now);
        NoticeOutbox outbox = outbox();
        outbox.sent(outbox.take(WEBHOOK, HOLD).orElseThrow().id());
        UUID sms = outbox.take(NIGHT, HOLD).orElseThrow().id();
        IncidentDesk desk = new IncidentDesk(pools, null);
        assertThat(states(desk)).containsExactlyInAnyOrder("webhook SENT", "smsnight UNDER_WAY");

        outbox.notSent(sms, Channel.NotTaken.surely("flow control"), HOLD);
        assertThat(states(desk)).containsExactlyInAnyOrder("webhook SENT", "smsnight FAILING");
        assertThat(outbox.reported(sms, "DELIVRD")).isTrue();
        assertThat(outbox.reported(UUID.randomUUID(), "DELIVRD")).isFalse();
    }

    private static List<String> states(IncidentDesk desk) {
        return desk.told(desk.open(null)).values().stream()
                .flatMap(List::stream)
                .map(told -> told.way() + told.duty() + " " + told.state())
                .toList();
    }

    @Test
    void listsWhatIsOverPageByPage() {
        IncidentBook book = book(QuietHours.NONE);
        book.write(many(5), ALL, now);
        // Those that end with one look have one time.
        book.write(many(2), ALL, now.plusSeconds(1));
        book.write(List.of(), ALL, now.plusSeconds(2));
        IncidentDesk desk = new IncidentDesk(pools, null);

        List<Long> seen = new ArrayList<>();
        Long before = null;
        for (List<Incident> page = desk.closed(null, before, 2); !page.isEmpty(); page = desk.closed(null, before, 2)) {
            page.forEach(incident -> seen.add(incident.id()));
            before = page.get(page.size() - 1).id();
        }

        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void countsCasesBySenderAndReceiver() {
        Stream.of("police", "police", "health").forEach(receiver -> arrived(receiver, now));
        arrived("police", now.minusSeconds(3600));

        Silences.Volume volume = new CaseCounts(pools.settlement().sql(), () -> List.of("police", "health", "grain"))
                .between(now.minusSeconds(60), now.plusSeconds(1));

        assertThat(volume.bySender()).isEqualTo(Map.of("platform", 3L));
        assertThat(volume.byReceiver()).isEqualTo(Map.of("police", 2L, "health", 1L));
    }

    @Test
    void hearsOfEveryCaseOnceThoughItIsCommittedLate() {
        CaseCounts counts = new CaseCounts(pools.settlement().sql(), () -> List.of("archives", "economy", "housing"));
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

    /** Whoever goes back to this version has them; and so has a process of this one beside a later one. */
    @Test
    void readsNoIncidentOfAKindThatALaterVersionOpened() {
        JdbcTemplate sql = pools.settlement().sql();
        sql.execute("alter table incident drop constraint incident_kind_check");
        sql.update("""
                insert into incident (kind, urgent, opened_at, last_seen_at, cases, most_cases, fault)
                values ('of-a-later-version', false, now(), now(), 0, 0, 'hub')
                """);
        try {
            book(QuietHours.NONE).write(List.of(down("police", 1)), ALL, now);

            assertThat(new IncidentStore(sql).open())
                    .extracting(Incident::kind)
                    .contains(IncidentKind.CIRCUIT)
                    .doesNotContainNull();
        } finally {
            sql.update("delete from incident where kind = 'of-a-later-version'");
        }
    }

    @Test
    void namesEveryDepartmentWhoseCasesAreLate() {
        Stream.of("late-a", "late-a", "late-b").forEach(receiver -> arrived(receiver, now));
        pools.console().sql().update("""
                insert into time_limit (case_no, working_days, accepted_on, due_on)
                select case_no, 5, current_date - 40, current_date - 30 from case_file where receiver like 'late-%'
                """);
        assertThat(limitsAtRisk()).contains("late-a 2", "late-b 1");
    }

    @Test
    void seesNoRiskInALimitOfADayBeforeItsLastDay() {
        LocalDate today = LocalDate.ofInstant(now, CaseTimes.SHANGHAI);
        limitOfADay("one-today", today, today.plusDays(1));
        limitOfADay("one-yesterday", today.minusDays(1), today);
        limitOfADay("one-tomorrow", today.minusDays(1), today.plusDays(1));

        assertThat(limitsAtRisk())
                .contains("one-yesterday 1", "one-tomorrow 1")
                .noneMatch(department -> department.startsWith("one-today"));
    }

    private void limitOfADay(String receiver, LocalDate accepted, LocalDate due) {
        arrived(receiver, now);
        pools.console().sql().update("""
                insert into time_limit (case_no, working_days, accepted_on, due_on)
                select case_no, 1, ?, ? from case_file where receiver = ?
                """, accepted, due, receiver);
    }

    private List<String> limitsAtRisk() {
        TimeLimits limits = new TimeLimits(
                pools.settlement().sql(), Catalogue.load(Path.of("mappings")), Clock.fixed(now, ZoneOffset.UTC));
        return new LimitsAtRisk(limits, 1)
                .look(now).stream()
                        .map(condition -> condition.key().partner() + " " + condition.cases())
                        .toList();
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
        return book(quiet, WEBHOOK);
    }

    private IncidentBook book(QuietHours quiet, String... channels) {
        AuditLog log = new AuditLog(
                pools.settlement().sql(), pools.settlement().transaction(), line -> audit.add(line.action()));
        return new IncidentBook(pools.settlement(), lease, log, desk(quiet, channels), Duration.ZERO);
    }

    private static NoticeDesk desk(QuietHours quiet, String... names) {
        List<Channel> channels =
                Stream.of(names).<Channel>map(UnsentChannel::new).toList();
        return new NoticeDesk(pools.settlement().sql(), channels, words, quiet, FLOOD, TOGETHER);
    }

    /** One to which nothing is sent while it is written. */
    private static class UnsentChannel implements Channel {

        private final String name;

        UnsentChannel(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Duration deadline() {
            return HOLD;
        }

        @Override
        public String body(NoticeWords words, NoticeWords.News news) {
            return name.equals(WEBHOOK) ? words.json(news) : words.sms(news);
        }

        @Override
        public boolean knowsItAgain() {
            return name.equals(WEBHOOK);
        }

        @Override
        public void send(UUID id, String body) throws NotTaken {
            throw new AssertionError("nothing is sent while it is written");
        }
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
