package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.audit.AuditLog;
import org.shuniu.audit.AuditSearch;
import org.shuniu.controlbus.FlowReader;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.DatabaseAway;
import org.shuniu.store.Delivery;
import org.shuniu.store.MessageStore;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/** What pages read of a database in which others have more than a page shows. */
class ConsoleReadsTest {

    private static final String MINE = "mine";
    private static final String OTHERS = "others";
    private static final ConsoleUser LIMITED =
            new ConsoleUser("limited", "", Set.of(Role.OPERATOR), Set.of(MINE), true, null, false);
    private static final ConsoleUser ALL = new ConsoleUser("all", "", Set.of(Role.VIEWER), null, true, null, false);
    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "192.0.2.2";
    private static final String PASSWORD = "a long enough password";
    /** So slow that no test sees a second try. */
    private static final ConsoleProperties LIMITS = new ConsoleProperties(
            2, Duration.ofHours(1), Duration.ofHours(1), 1, 1, Duration.ofHours(12), 1, 1, Duration.ofSeconds(1));

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static PartnerDirectory partners;
    private static ConsoleUsers users;

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
        partners = PartnerDirectory.load(Files.createDirectories(directory.resolve("routes")), text -> text);
        AuditLog audit = new AuditLog(
                pools.settlement().sql(),
                pools.settlement().transaction(),
                line -> assertThat(line.actor()).isNotEmpty());
        users = new ConsoleUsers(
                pools,
                audit,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                Secrets.of(directory.resolve("secrets"), Map.of()),
                LIMITS,
                Vault.of(Map.of(1, new byte[32]), 1, new byte[32]),
                MINE::equals);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void showsWhatIsParkedForAPersonHoweverMuchIsParkedForOthers() {
        FlowReader flows = new FlowReader(pools, partners);
        for (int i = 0; i < 4; i++) {
            parked("PO-" + i, OTHERS, "reason " + i, 100 - i);
            parked("PO-%d-again".formatted(i), OTHERS, "reason " + i, 100 - i);
        }
        parked("PM-1", MINE, "mine", 10);

        assertThat(flows.parked(Set.of(MINE), 3))
                .extracting(line -> line.get("caseNo"))
                .containsExactly("PM-1");
        assertThat(flows.parked(null, 3))
                .hasSize(3)
                .allMatch(line -> line.get("partner").equals(OTHERS));
        assertThat(flows.parkedTogether(2))
                .extracting(FlowReader.ParkedTogether::partner)
                .filteredOn(Set.of(MINE, OTHERS)::contains)
                .containsExactly(OTHERS, OTHERS, MINE);
    }

    @Test
    void countsNoMoreThanAThousandBehind() {
        parked("PB-1", "busy", "blocked", 10);
        sql().update("""
                insert into delivery (id, message_id, document, case_no, receiver, queue, state, held, due_at, created_at)
                select gen_random_uuid(), gen_random_uuid(), 'status', 'PB-1', 'busy', 'result', 'pending', true, now(), now()
                from generate_series(1, 1500)
                """);

        assertThat(new FlowReader(pools, partners).parked(List.of("busy"), 10))
                .singleElement()
                .extracting(line -> line.get("waitingBehind"))
                .isEqualTo(1001L);
    }

    @Test
    void findsCasesOfAPersonBehindManyThatAreOfOthers() {
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners);
        for (int i = 0; i < 5; i++) {
            sentBy("CO-" + i, OTHERS, i);
        }
        sentBy("CM-1", MINE, 100);
        Instant now = Instant.now();
        CaseFinder.Filter today = new CaseFinder.Filter(
                "office", null, null, null, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));

        assertThat(cases.byTime(LIMITED, today).newest(3))
                .extracting(CaseFinder.Found::caseNo)
                .containsExactly("CM-1");
        assertThat(cases.visible(LIMITED, List.of("CO-1", "CM-1"), 1))
                .extracting(CaseFinder.Found::caseNo)
                .containsExactly("CM-1");
    }

    /** Neither has a file any more: cases outlive departments. */
    @Test
    void findsCasesOfFormerPartners() {
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners);
        UUID message = UUID.randomUUID();
        sentBy("CF-1", "former-platform", 0);
        sql().update("""
                insert into message (id, partner, document, case_no, body, digest, accepted_at)
                values (?, 'former-platform', 'application', 'CF-1', ''::bytea, ''::bytea, now())
                """, message);
        sql().update("insert into sender_case values ('former-platform', 'F/1', ?)", message);
        Instant now = Instant.now();

        assertThat(cases.partners()).contains("former-platform", "office");
        assertThat(cases.byNumber(ALL, "F/1", 3))
                .extracting(CaseFinder.Found::caseNo)
                .containsExactly("CF-1");
        assertThat(cases.byTime(
                                ALL,
                                new CaseFinder.Filter(
                                        null, null, null, null, now.minus(Duration.ofHours(1)), now.plusSeconds(60)))
                        .newest(100))
                .extracting(CaseFinder.Found::caseNo)
                .contains("CF-1");
    }

    /** A person of a small partner, and more cases of others than may be looked at. */
    @Test
    void findsWhatConcernsASmallPartnerAmongAnyNumberOfCasesOfOthers() {
        crowd("CB", "crowded");
        sql().update("update case_file set sender = ? where case_no = 'CB-5000'", MINE);
        told("CB-100", "CB-1100");
        Instant now = Instant.now();
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners, 1_000);

        Stream.of("crowded", null)
                .forEach(receiver -> Stream.of("60", null).forEach(state -> {
                    CaseFinder.Filter days = new CaseFinder.Filter(
                            receiver, null, null, state, now.minus(Duration.ofDays(31)), now.plus(Duration.ofDays(1)));
                    assertThat(cases.byTime(LIMITED, days).newest(200))
                            .extracting(CaseFinder.Found::caseNo)
                            .containsSubsequence("CB-100", "CB-1100", "CB-5000");
                    assertThat(cases.byTime(LIMITED, days).goesOn()).isFalse();
                }));
        assertThat(plan(CaseFinder.Walk.TOLD, MINE, null))
                .contains("Scan Backward using case_told_pkey", "case_file_pkey")
                .containsOnlyOnce("Sort Key")
                .doesNotContain("Seq Scan");
    }

    @Test
    void looksAtNoMoreCasesThanItMayAndSaysThatThereAreMore() {
        crowd("CL", "full");
        ConsoleUser full = new ConsoleUser("full", "", Set.of(Role.VIEWER), Set.of("full"), true, null, false);
        Instant now = Instant.now();
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners, 1_000);

        for (ConsoleUser who : List.of(full, ALL)) {
            CaseFinder.Filter days = new CaseFinder.Filter(
                    "full", null, null, null, now.minus(Duration.ofDays(31)), now.plus(Duration.ofDays(1)));
            assertThat(cases.byTime(who, days).goesOn()).isTrue();
            CaseFinder.Filter minutes = new CaseFinder.Filter(
                    "full", null, null, null, now.minus(Duration.ofMinutes(10)), now.plus(Duration.ofDays(1)));
            assertThat(cases.byTime(who, minutes).goesOn()).isFalse();
        }
        assertThat(plan(CaseFinder.Walk.RECEIVER, "full", null))
                .contains("case_file_of_receiver")
                .doesNotContain("Seq Scan on case_file", "Sort Key: n.received_at")
                .containsPattern("Index Scan[^\n]*case_file_of_receiver[^\n]*rows=1000");
    }

    /** Sent by others, one each second. */
    private static void crowd(String prefix, String receiver) {
        sql().update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                    received_at, changed_at)
                select ? || '-' || n, 'others', 'item', ?, '2', '60', 'centre', gen_random_uuid(),
                    now() - n * interval '1 second', now() from generate_series(1, 20000) n
                """, prefix, receiver);
        sql().execute("analyze case_file");
    }

    /** As the hub tells a partner of a case that is neither from it nor for it. */
    private static void told(String... cases) {
        new MessageStore(sql())
                .open(Stream.of(cases)
                        .map(caseNo -> new Delivery(
                                TimeOrderedId.next(),
                                TimeOrderedId.next(),
                                "notification",
                                caseNo,
                                MINE,
                                Delivery.WORK,
                                false,
                                Instant.now(),
                                Duration.ZERO,
                                new byte[0],
                                0))
                        .toList());
    }

    /** More cases of one sender, item and department than may be looked at. */
    @Test
    void findsWhatIsRareBehindAnyNumberOfWhatIsFrequent() {
        sql().update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                    received_at, changed_at)
                select 'CV-' || n, 'vast-sender', 'vast-item', case when n % 9000 = 0 then 'small' else 'vast' end, '2',
                    case when n > 19990 then '99' else '60' end, 'centre', gen_random_uuid(),
                    now() - n * interval '1 second', now() from generate_series(1, 20000) n
                """);
        sql().execute("analyze case_file");
        ConsoleUser sender =
                new ConsoleUser("sender", "", Set.of(Role.VIEWER), Set.of("vast-sender"), true, null, false);
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners, 1_000);
        Instant now = Instant.now();
        Instant from = now.minus(Duration.ofDays(31));

        CaseFinder.Filter small = new CaseFinder.Filter("small", null, null, null, from, now);
        assertThat(cases.byTime(sender, small).newest(200))
                .extracting(CaseFinder.Found::caseNo)
                .containsExactly("CV-9000", "CV-18000");
        assertThat(cases.byTime(sender, small).goesOn()).isFalse();
        CaseFinder.Filter rare = new CaseFinder.Filter("vast", "vast-item", null, "99", from, now);
        assertThat(cases.byTime(sender, rare).newest(200)).hasSize(10);
        assertThat(cases.byTime(sender, rare).goesOn()).isFalse();
        CaseFinder.Filter frequent = new CaseFinder.Filter("vast", "vast-item", null, "60", from, now);
        assertThat(cases.byTime(sender, frequent).goesOn()).isTrue();
    }

    @Test
    void showsACaseOnceThatMovesWhileItIsLookedFor() {
        sentBy("CD-1", MINE, 1);
        sentBy("CD-2", OTHERS, 2);
        sql().update("update case_file set receiver = ? where case_no in ('CD-1', 'CD-2')", MINE);
        JdbcTemplate moving = new JdbcTemplate(pools.console().dataSource()) {
            @Override
            public <T> List<T> query(String statement, RowMapper<T> rows, Object... values) {
                List<T> found = super.query(statement, rows, values);
                ConsoleReadsTest.sql().update("update case_file set status = '61' where case_no = 'CD-1'");
                return found;
            }
        };
        Instant now = Instant.now();
        CaseFinder.Filter mine = new CaseFinder.Filter(
                MINE, null, null, null, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));

        // When so few may be looked at that there are two looks: at what he receives, and at what he sends
        assertThat(new CaseFinder(moving, partners, 1).byTime(LIMITED, mine).newest(200))
                .extracting(CaseFinder.Found::caseNo)
                .containsExactly("CD-1");
    }

    @Test
    void findsByItemCentreAndStateTogetherAndByTheIndexOfEach() {
        sql().update("""
                insert into case_file (case_no, sender, item_code, receiver, channel, status, receiving_centre, accepting_centre,
                    responsible, application_id, received_at, changed_at)
                select 'CW-' || n, 'sender-' || n % 50, 'item-' || n % 100, 'office-' || n % 11, '2',
                    case when n % 1000 = 7 then '99' else '60' end, 'centre-' || n % 100,
                    'centre-' || case when n % 10 = 7 then n % 100 + 1 else n % 100 end, 'centre', gen_random_uuid(),
                    now() - n * interval '1 minute', now() from generate_series(1, 20000) n
                """);
        sql().execute("analyze case_file");
        CaseFinder cases = new CaseFinder(pools.console().sql(), partners);

        assertThat(numbers(cases, ALL, new String[] {"office-7", "item-7", "centre-7", "99"}))
                .as("of twenty in that state, those of that office")
                .containsExactly("CW-7", "CW-11007");
        assertThat(numbers(cases, ALL, new String[] {"office-7", null, null, "99"}))
                .containsExactly("CW-7", "CW-11007");
        assertThat(numbers(cases, ALL, new String[] {null, null, "centre-8", "99"}))
                .as("accepted there, received elsewhere")
                .hasSize(20)
                .startsWith("CW-7");
        assertThat(numbers(cases, ALL, new String[] {null, "item-7", "centre-7", "60"}))
                .hasSize(180)
                .startsWith("CW-107");
        assertThat(numbers(cases, ALL, new String[] {null, "item-7", "centre-9", null}))
                .isEmpty();
        assertThat(numbers(cases, LIMITED, new String[] {null, "item-7", null, null}))
                .isEmpty();
        Map.of(
                        CaseFinder.Walk.RECEIVER, "office-7",
                        CaseFinder.Walk.STATE, "office-7",
                        CaseFinder.Walk.SENDER, "sender-7",
                        CaseFinder.Walk.ITEM, "item-7",
                        CaseFinder.Walk.RECEIVED_AT, "centre-7",
                        CaseFinder.Walk.ACCEPTED_AT, "centre-8")
                .forEach((walk, key) -> assertThat(plan(walk, key, "99"))
                        .as("%s", walk)
                        .containsPattern("using case_file_(of|in|received|accepted)_")
                        .doesNotContain("Seq Scan on case_file", "Sort Key: n.received_at"));
    }

    /** @param wanted receiver, item, centre and state, or null for all */
    private static List<String> numbers(CaseFinder cases, ConsoleUser who, String[] wanted) {
        Instant now = Instant.now();
        CaseFinder.Filter filter = new CaseFinder.Filter(
                wanted[0],
                wanted[1],
                wanted[2],
                wanted[3],
                now.minus(Duration.ofDays(31)),
                now.plus(Duration.ofDays(1)));
        return cases.byTime(who, filter).newest(200).stream()
                .map(CaseFinder.Found::caseNo)
                .toList();
    }

    private static String plan(CaseFinder.Walk walk, String key, String state) {
        Instant now = Instant.now();
        Object from = CaseFiles.utc(now.minus(Duration.ofDays(31)));
        Object to = CaseFiles.utc(now.plus(Duration.ofDays(1)));
        String[] mine = {MINE};
        List<Object> values = new ArrayList<>(List.of(new String[] {key}, new String[] {state}, new Integer[] {1_000}));
        values.addAll(List.of(from, to));
        values.addAll(Collections.nCopies(8, null));
        values.addAll(List.of(mine, mine, mine, mine, 200, 200));
        return String.join(
                "\n",
                pools.console()
                        .sql()
                        .queryForList(
                                "explain (analyze, timing off) " + walk.statement(), String.class, values.toArray()));
    }

    /** Answers that settled their deliveries have no index by these: they are looked for near the moment at which they did. */
    @Test
    void looksForAnAnswerNearItsMomentAndNotAmongAll() {
        sql().update("""
                insert into answer (id, partner, source, delivery_id, body, digest, received_at, read_at)
                select (lpad(to_hex((extract(epoch from now()) * 1000)::bigint - n * 1000), 12, '0') || '70008000'
                        || lpad(to_hex(n), 12, '0'))::uuid, 'office', 'call', gen_random_uuid(), ''::bytea, ''::bytea, now(), now()
                from generate_series(1, 20000) n
                """);
        sql().execute("analyze answer");
        Instant now = Instant.now();

        String plan = String.join(
                "\n",
                pools.console()
                        .sql()
                        .queryForList(
                                "explain (analyze, timing off) " + DeliveryFile.NEAR,
                                String.class,
                                TimeOrderedId.first(now.minus(Duration.ofMinutes(1))),
                                TimeOrderedId.first(now.plus(Duration.ofSeconds(5))),
                                new UUID(0, 0),
                                20));

        assertThat(plan).contains("answer_pkey").doesNotContain("Seq Scan");
        assertThat(Pattern.compile("Rows Removed by Filter: (\\d+)")
                        .matcher(plan)
                        .results()
                        .mapToInt(found -> Integer.parseInt(found.group(1)))
                        .sum())
                .isLessThan(100);
    }

    @Test
    void givesTheAuditAwayInPiecesAndHoldsNoConnectionMeanwhile() {
        sql().update("""
                insert into audit (chain, seq, at, actor, action, target, detail, detail_digest, hash)
                select 99, n, now() - (n / 7) * interval '1 second', 'exported', 'pause', 'x', '', ''::bytea, ''::bytea
                from generate_series(1, 2500) n
                """);
        AuditSearch.Filter filter = new AuditSearch.Filter("exported", null, null, null, null);
        Set<Long> seen = new HashSet<>();

        new AuditSearch(pools.console().sql()).each(filter, 2_400, line -> {
            assertThat(pools.console().dataSource().getHikariPoolMXBean().getActiveConnections())
                    .isZero();
            seen.add(line.seq());
        });

        assertThat(seen).hasSize(2_400);
        assertThat(new AuditSearch(pools.console().sql()).newest(filter, 10)).hasSize(10);
    }

    @Test
    void givesUpWhatTakesTooLongForPeopleOnly() {
        assertThat(pools.console().sql().queryForObject("show statement_timeout", String.class))
                .isEqualTo("10s");
        assertThat(pools.settlement().sql().queryForObject("show statement_timeout", String.class))
                .isEqualTo("0");
        assertThatThrownBy(() -> pools.console().transaction().executeWithoutResult(status -> {
                    pools.console().sql().execute("set local statement_timeout = '1ms'");
                    pools.console().sql().execute("select pg_sleep(60)");
                }))
                .matches(DatabaseAway::tookTooLong);
    }

    @Test
    void readsPeopleWhileAllSettlementsAreBusy() throws Exception {
        add("chief", "reader");

        try (Connection one = pools.settlement().dataSource().getConnection();
                Connection another = pools.settlement().dataSource().getConnection()) {
            assertThat(one.isValid(1) && another.isValid(1)).isTrue();
            assertThat(users.find("reader")).isPresent();
            assertThat(users.all()).isNotEmpty();
        }
    }

    @Test
    void locksOutWhoeverGuessesAndNotTheNameThatHeGuesses() {
        add("chief", "guessed");

        users.failed("guessed", ELSEWHERE);
        assertThat(users.mayTry("guessed", ELSEWHERE)).isTrue();
        users.failed("guessed", ELSEWHERE);

        assertThat(users.mayTry("guessed", ELSEWHERE)).isFalse();
        assertThat(users.mayTry("guessed", HOME)).isTrue();
        assertThat(users.find("guessed"))
                .hasValueSatisfying(user -> assertThat(user.isLockedSomewhere()).isTrue());

        users.local().unlock(new ByWhom("chief", "it was a typing error"), "guessed");
        assertThat(users.mayTry("guessed", ELSEWHERE)).isTrue();
    }

    @Test
    void slowsDownANameThatManyGuessButNotForWhereItComesFrom() {
        add("chief", "hunted");
        users.succeeded("hunted", HOME);
        for (int i = 0; i < 8; i++) {
            assertThat(users.mayTry("hunted", "198.51.100." + i))
                    .as("try %d", i)
                    .isTrue();
            users.failed("hunted", "198.51.100." + i);
        }

        assertThat(users.mayTry("hunted", ELSEWHERE)).isFalse();
        assertThat(users.mayTry("hunted", HOME)).isTrue();
    }

    @Test
    void countsGuessesOfANameThatNobodyHasAsThoseOfOthers() {
        String password = "typed-for-a-name";
        users.failed(password, "203.0.113.1");
        assertThat(users.mayTry(password, "203.0.113.1")).isTrue();
        users.failed(password, "203.0.113.1");

        assertThat(users.mayTry(password, "203.0.113.1")).isFalse();
        assertThat(users.mayTry(password, "203.0.113.2")).isTrue();
        assertThat(sql().queryForObject("select count(*) from console_login where name like '%typed%'", Long.class))
                .as("what could be a password")
                .isZero();
    }

    @Test
    void slowsDownAnAddressThatGuessesManyNamesButNotWhoCameInFromThere() {
        String office = "203.0.113.9";
        add("hub", "clerk");
        users.succeeded("clerk", office);
        for (int i = 0; i < 8; i++) {
            assertThat(users.mayTry("guess-" + i, office)).as("guess %d", i).isTrue();
            users.failed("guess-" + i, office);
        }

        assertThat(users.mayTry("guess-9", office)).isFalse();
        assertThat(users.mayTry("guess-9", "203.0.113.10")).isTrue();
        assertThat(users.mayTry("clerk", office)).isTrue();
    }

    @Test
    void lastsUntilItsOwnerChangesAPasswordThatAnotherMade() {
        add("chief", "owner");
        ConsoleUser before = users.find("owner").orElseThrow();

        assertThat(users.ownPassword(before, PASSWORD + " of my own")).isTrue();

        ConsoleUser after = users.find("owner").orElseThrow();
        assertThat(before.mustChange()).isTrue();
        assertThat(after.mustChange()).isFalse();
        assertThat(users.isPasswordOf(after, PASSWORD + " of my own")).isTrue();
        assertThat(users.ownPassword(before, PASSWORD))
                .as("another came in between")
                .isFalse();
        users.local().password(new ByWhom("chief", "it was forgotten"), "owner", PASSWORD);
        assertThat(users.find("owner").orElseThrow().mustChange()).isTrue();
    }

    @Test
    void givesNobodyANameThatTheAuditHasForOthers() {
        assertThat(List.of("hub", "operator", "operator-night", MINE)).allMatch(users.local()::isReserved);
        assertThat(List.of("operators", "wang.fang")).noneMatch(users.local()::isReserved);
    }

    private static void parked(String caseNo, String receiver, String reason, int minutesAgo) {
        sql().update("""
                        insert into delivery (id, message_id, document, case_no, receiver, queue, state, reason, fault, due_at,
                            created_at, settled_at)
                        values (gen_random_uuid(), gen_random_uuid(), 'application', ?, ?, 'application', 'parked', ?, 'receiver',
                            now(), now(), now() - ? * interval '1 minute')
                        """, caseNo, receiver, reason, minutesAgo);
    }

    private static void sentBy(String caseNo, String sender, int minutesAgo) {
        sql().update("""
                        insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                            received_at, changed_at)
                        values (?, ?, 'item', 'office', '2', '60', 'centre', gen_random_uuid(),
                            now() - ? * interval '1 minute', now())
                        """, caseNo, sender, minutesAgo);
    }

    private static JdbcTemplate sql() {
        return pools.settlement().sql();
    }

    private static void add(String by, String name) {
        assertThat(users.local().add(by, name, PASSWORD, Set.of(Role.VIEWER), List.of(), MINE::equals))
                .isEmpty();
    }
}
