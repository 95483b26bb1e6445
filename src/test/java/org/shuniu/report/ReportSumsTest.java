package org.shuniu.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.report.ReportQuestion.By;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sums of steps that stand in the evidence's table as the hub writes them, in a PostgreSQL of its own. */
class ReportSumsTest {

    private static final String PLATFORM = "platform";
    private static final String OFFICE = "office";
    private static final String DELTA = "delta";
    /** A Monday after which no holiday comes. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 2);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;
    private static Catalogue catalogue;

    private int intake;
    private int settlement;

    @BeforeAll
    static void start() {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 1, 4, 2);
        catalogue = Catalogue.load(Path.of("mappings"));
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @BeforeEach
    void empty() {
        sql().execute("truncate report_sum, report_position, case_file, case_part, time_limit");
        sql().update("update report_state set whole_at = null");
        sql().execute("alter table event disable trigger all");
        sql().execute("truncate event");
        sql().execute("alter table event enable trigger all");
        sql().execute("alter table chain disable trigger all");
        sql().execute("delete from chain");
        sql().execute("alter table chain enable trigger all");
        intake = chain("hub/r1/intake");
        settlement = chain("office/r1/settlement");
    }

    @Test
    void countsReceivedDoneAndRefusedOnTheDaysOfTheCity() {
        // Given cases around midnight in Shanghai, which is 16:00 by UTC
        begun("A", at("2026-10-31T23:59:59"));
        begun("B", at("2026-11-01T00:00:00"));
        said("A", at("2026-11-01T08:00:00"), "60");
        said("B", at("2026-11-01T09:00:00"), "61");

        count();

        // Then the month ends where Shanghai's does
        assertThat(answer(ReportPeriod.DAY, "2026-10-31", "2026-11-01", By.TIME).lines())
                .extracting(Report.Line::key, line -> figures(line.figures()))
                .containsExactly(tuple("2026-10-31", "1 0 0 0"), tuple("2026-11-01", "1 1 1 0"));
        assertThat(answer(ReportPeriod.MONTH, "2026-10-15", "2026-11-15", By.TIME)
                        .lines())
                .extracting(Report.Line::key, line -> figures(line.figures()))
                .containsExactly(tuple("2026-10-01", "1 0 0 0"), tuple("2026-11-01", "1 1 1 0"));
    }

    @Test
    void addsWhatComesLateToTheDayOnWhichItWas() {
        begun("A", at("2026-11-02T10:00:00"));
        count();
        assertThat(day("2026-11-02")).isEqualTo("1 0 0 0");

        // When a step is committed days after its time, behind another of its chain
        said("A", at("2026-11-05T10:00:00"), "60");
        count();
        begun("B", at("2026-11-02T23:00:00"));
        count();

        assertThat(day("2026-11-02")).isEqualTo("2 0 0 0");
        assertThat(day("2026-11-05")).isEqualTo("0 1 0 0");
    }

    @Test
    void countsACaseOnceHoweverOftenItComesToAnEnd() {
        begun("A", at("2026-11-02T10:00:00"));
        said("A", at("2026-11-02T11:00:00"), "60");
        said("A", at("2026-11-02T11:30:00"), "72");
        count();
        // When a person frees it and it ends again, and again in one look
        said("A", at("2026-11-03T11:00:00"), "99");
        said("A", at("2026-11-03T12:00:00"), "10");
        said("A", at("2026-11-03T13:00:00"), "61");
        said("A", at("2026-11-03T14:00:00"), "90");
        count();

        assertThat(day("2026-11-02")).isEqualTo("1 1 0 0");
        assertThat(day("2026-11-03")).isEqualTo("0 0 0 0");
    }

    @Test
    void tellsWhatEndedOtherwiseFromARefusal() {
        List<String> ends = List.of("13", "31", "61", "62", "90", "91", "70", "72");
        for (String end : ends) {
            begun("C" + end, at("2026-11-02T10:00:00"));
            said("C" + end, at("2026-11-02T11:00:00"), end);
        }
        begun("open", at("2026-11-02T10:00:00"));
        said("open", at("2026-11-02T11:00:00"), "40");

        count();

        assertThat(day("2026-11-02")).isEqualTo("9 2 3 3");
    }

    @Test
    void countsWhatSeveralDecideOnceUnderTheFirstAndARegionAsItsProvince() {
        begun("J", at("2026-11-02T10:00:00"));
        part("J", 2, 2, OFFICE);
        part("J", 1, 1, DELTA);
        // Whose turn it is now
        sql().update("update case_file set receiver = ? where case_no = 'J'", OFFICE);
        said("J", at("2026-11-02T12:00:00"), "60");
        begun("R", at("2026-11-02T10:00:00"));
        sql().update("update case_file set sender = ?, receiving_centre = ? where case_no = 'R'", DELTA, DELTA);
        begun("L", at("2026-11-02T10:00:00"));

        count();

        assertThat(keys(By.DEPARTMENT)).isEqualTo(Map.of(DELTA, "1 1 0 0", OFFICE, "2 0 0 0"));
        assertThat(keys(By.PROVINCE)).isEqualTo(Map.of(DELTA, "2 1 0 0", "", "1 0 0 0"));
        assertThat(keys(By.CENTRE)).isEqualTo(Map.of("c1", "2 1 0 0", "", "1 0 0 0"));
    }

    @Test
    void countsDaysOfTheLimitAsTheLawDoes() {
        // Given a limit of five working days from Monday on: the last is the next Monday
        limited("kept", MONDAY, null, MONDAY.plusDays(7));
        limited("late", MONDAY, null, MONDAY.plusDays(8));
        // The clock stood from Wednesday on, for longer than the limit
        limited("stood", MONDAY, MONDAY.plusDays(2), MONDAY.plusDays(30));
        begun("none", MONDAY.atTime(10, 0));
        said("none", MONDAY.atTime(10, 30), "60");

        count();

        Figures all =
                answer(ReportPeriod.MONTH, "2026-11-01", "2026-12-31", By.TIME).total();
        assertThat(List.of(all.inTime(), all.late())).containsExactly(2L, 1L);
        // 5, 6 and 2 working days
        assertThat(all.meanDays()).isCloseTo(13 / 3.0, offset(1e-9));
        assertThat(all.daysOf(0.5)).isEqualTo(new Spread.Within(5, false));
        assertThat(all.daysOf(0.9)).isEqualTo(new Spread.Within(6, false));
        assertThat(all.secondsOf(0.25)).isEqualTo(new Spread.Within(1_800, false));
        assertThat(all.inTimeShare()).isCloseTo(2 / 3.0, offset(1e-9));
    }

    @Test
    void givesTheSameWhenItCountsAllAgainAndInOtherPieces() {
        for (int i = 0; i < 40; i++) {
            begun("A" + i, MONDAY.plusDays(i % 3).atTime(9, i));
            said("A" + i, MONDAY.plusDays(i % 5 + 3).atTime(9, i), i % 4 == 0 ? "31" : "60");
        }
        count();
        List<String> before = rows();

        sql().execute("truncate report_sum, report_position");
        count(7);

        assertThat(rows()).isEqualTo(before).hasSizeGreaterThan(20);
    }

    /** As many chains as a hub has after many starts. */
    @Test
    void readsNoMoreAtOnceThanItMayAndKeepsEachPiece() {
        for (int run = 0; run < 40; run++) {
            intake = chain("hub/s%d/intake".formatted(run));
            begun("R" + run, MONDAY.atTime(9, 0));
        }

        int pieces = 0;
        long before = 0;
        boolean whole = false;
        while (!whole) {
            whole = sums(10).count();
            assertThat(linesRead() - before).as("lines of piece %d", pieces).isLessThanOrEqualTo(10);
            before = linesRead();
            pieces++;
        }

        assertThat(pieces).isGreaterThan(12).isLessThan(40);
        assertThat(linesRead()).isEqualTo(120);
        assertThat(day(MONDAY.toString())).isEqualTo("40 0 0 0");
    }

    @Test
    void countsNothingTwiceThatACrashBrokeOff() {
        for (int i = 0; i < 20; i++) {
            begun("K" + i, MONDAY.atTime(9, i));
            said("K" + i, MONDAY.atTime(10, i), "60");
        }
        assertThat(sums(7).count()).isFalse();
        long kept = linesRead();

        // When a piece is counted and never committed
        pools.counting().transaction().executeWithoutResult(status -> {
            sums(7).count();
            status.setRollbackOnly();
        });
        assertThat(linesRead()).isEqualTo(kept).isPositive();
        count(7);

        assertThat(day(MONDAY.toString())).isEqualTo("20 20 0 0");
    }

    /** Whichever of the chains is read first. */
    @Test
    void countsOfTwoEndsTheEarlierOneWhereverItStands() {
        int first = chain("a/r1/settlement");
        int second = chain("b/r1/settlement");
        begun("late-first", MONDAY.atTime(9, 0));
        line(second, "status", "40", "late-first", MONDAY.atTime(10, 0));
        line(first, "status", "61", "late-first", MONDAY.atTime(12, 0));
        line(second, "status", "60", "late-first", MONDAY.atTime(11, 0));
        begun("together", MONDAY.atTime(9, 0));
        line(second, "status", "61", "together", MONDAY.atTime(11, 0));
        line(first, "status", "60", "together", MONDAY.atTime(11, 0));
        begun("in-one", MONDAY.atTime(9, 0));
        line(first, "status", "60", "in-one", MONDAY.atTime(13, 0));
        line(first, "status", "61", "in-one", MONDAY.atTime(13, 0));

        for (int lines : List.of(1_000, 3, 1)) {
            sql().execute("truncate report_sum, report_position");
            count(lines);

            assertThat(day(MONDAY.toString())).as("%d lines at once", lines).isEqualTo("3 3 0 0");
        }
    }

    @Test
    void leavesToAProcessWhatItIsCounting() throws Exception {
        begun("A", MONDAY.atTime(9, 0));
        ExecutorService another = Executors.newSingleThreadExecutor();
        try (Pools others = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1)) {
            pools.counting().transaction().executeWithoutResult(status -> {
                assertThat(sums(1_000).count()).isTrue();
                // While that is not committed yet
                Future<Boolean> turnedAway =
                        another.submit(() -> sums(others.counting(), 1_000).count());
                assertThat(turnedAway).succeedsWithin(PATIENCE).isEqualTo(true);
                assertThat(linesRead()).as("of what others see").isZero();
            });
            sums(others.counting(), 1_000).count();
        }
        another.shutdown();

        assertThat(day(MONDAY.toString())).isEqualTo("1 0 0 0");
    }

    @Test
    void countsEachStepOnceWhileTwoProcessesCountAndOthersWrite() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        List<AtomicInteger> counted = List.of(new AtomicInteger(), new AtomicInteger());
        ExecutorService processes = Executors.newFixedThreadPool(2);
        List<Future<?>> counting = new ArrayList<>();
        int written = 0;
        try (Pools others = Pools.open(server.url("shuniu"), "postgres", "", 1, 1, 1)) {
            List<Pools.Door> doors = List.of(pools.counting(), others.counting());
            for (int process = 0; process < 2; process++) {
                Pools.Door door = doors.get(process);
                AtomicInteger pieces = counted.get(process);
                counting.add(processes.submit(() -> {
                    while (!over.get()) {
                        pieces.addAndGet(countedBy(door));
                    }
                }));
            }
            Instant patience = Instant.now().plus(PATIENCE);
            // Until each of them has counted again and again between the other's pieces
            while (counted.stream().anyMatch(pieces -> pieces.get() < 20)) {
                assertThat(Instant.now()).isBefore(patience);
                begun("P" + written, MONDAY.atTime(9, 0));
                said("P" + written, MONDAY.atTime(10, 0), "60");
                written++;
            }
            over.set(true);
            for (Future<?> one : counting) {
                one.get();
            }
        }
        processes.shutdown();

        count();

        assertThat(day(MONDAY.toString())).isEqualTo("%1$d %1$d 0 0".formatted(written));
        assertThat(linesRead()).isEqualTo(written * 4L);
    }

    /** @return 1 where this look moved a position, 0 where it was turned away or found nothing */
    private static int countedBy(Pools.Door door) {
        return door.transaction().execute(status -> {
            sums(door, 3).count();
            return door.sql()
                                    .queryForObject(
                                            "select count(*) from report_position where xmin = pg_current_xact_id()::xid and seq > 0",
                                            Integer.class)
                            > 0
                    ? 1
                    : 0;
        });
    }

    @Test
    void readsAChainThatEndedToItsEndAndNeverAgain() {
        begun("A", MONDAY.atTime(9, 0));
        sql().update("update chain set closed_at = now() where id = ?", intake);

        count(1);
        count();

        assertThat(day(MONDAY.toString())).isEqualTo("1 0 0 0");
        assertThat(sql().queryForList("select chain from report_position where ended", Integer.class))
                .containsExactly(intake);
    }

    @Test
    void showsAPersonOfOnePartnerItsCasesOnly() {
        begun("mine", MONDAY.atTime(9, 0));
        begun("sent", MONDAY.atTime(9, 0));
        sql().update("update case_file set receiver = 'other', sender = 'mine' where case_no = 'sent'");
        sql().update("update case_file set receiver = 'mine' where case_no = 'mine'");
        begun("others", MONDAY.atTime(9, 0));
        begun("region", MONDAY.atTime(9, 0));
        sql().update("update case_file set receiver = ? where case_no = 'region'", DELTA);
        count();

        for (By by : By.values()) {
            assertThat(figures(reports().answer(limitedTo(by, Set.of("mine"))).total()))
                    .isEqualTo("2 0 0 0");
            assertThat(figures(reports().answer(limitedTo(by, Set.of(DELTA))).total()))
                    .isEqualTo("1 0 0 0");
            assertThat(figures(reports().answer(limitedTo(by, Set.of("nobody"))).total()))
                    .isEqualTo("0 0 0 0");
        }
    }

    @Test
    void saysOfACentreAloneWhatItsDepartmentsAddUpTo() {
        for (int i = 0; i < 12; i++) {
            begun("A" + i, MONDAY.plusDays(i % 2).atTime(9, 0));
            sql().update("""
                            update case_file set sender = ?, receiver = ?, item_code = ?, receiving_centre = ? where case_no = ?
                            """, "sender" + i % 2, "office" + i % 4, "item" + i % 5, "c" + i % 3, "A" + i);
            said("A" + i, MONDAY.plusDays(i % 2).atTime(10, i), i % 3 == 0 ? "61" : "60");
        }

        count();

        Set<String> all = Set.of("sender0", "sender1");
        for (By by : By.values()) {
            assertThat(ofTwoDays(by, null, null)).isEqualTo(ofTwoDays(by, null, all));
            assertThat(ofTwoDays(by, "c1", null)).isEqualTo(ofTwoDays(by, "c1", all));
        }
        assertThat(figures(answer(ReportPeriod.MONTH, "2026-11-01", "2026-11-30", By.CENTRE)
                        .total()))
                .isEqualTo("12 8 4 0");
        assertThat(sql().queryForObject("select count(*) from report_sum where detail = 'centre-alone'", Long.class))
                .as("three centres on two days and in their month")
                .isEqualTo(9);
    }

    @Test
    void countsACaseOnceForAPersonOfSeveralOfItsPartners() {
        manyPartners();

        count();

        for (Set<String> seen : List.of(
                Set.of("health"),
                Set.of("platform"),
                Set.of(DELTA),
                Set.of("health", "housing"),
                Set.of("health", "platform"),
                Set.of("health", DELTA, "portal"),
                Set.of("nobody"))) {
            String cases = figures(whole(By.DEPARTMENT, seen, null));
            assertThat(figures(whole(By.CENTRE, seen, null))).as("%s", seen).isEqualTo(cases);
            assertThat(Stream.of("c0", "c1", "c2", "c3", "c4")
                            .map(centre -> whole(By.TIME, seen, centre))
                            .reduce(Figures.NONE, Figures::plus))
                    .as("%s", seen)
                    .extracting(ReportSumsTest::figures)
                    .isEqualTo(cases);
            assertThat(whole(By.CENTRE, seen, null).hoursSpread())
                    .containsExactly(whole(By.DEPARTMENT, seen, null).hoursSpread());
        }
        assertThat(figures(whole(By.CENTRE, Set.of("health", "platform"), null)))
                .as("eight that one decides and twelve that the two sent, four of them the same")
                .isEqualTo("16 8 8 0");
    }

    /** As after an update of a hub that has counted for long. */
    @Test
    void addsUpWhatIsCountedAlreadyAsCountingWould() throws IOException {
        manyPartners();
        count();
        List<String> counted = rows();
        sql().execute("delete from report_sum where detail in ('centre-of-department', 'centre-of-sender')");
        assertThat(rows()).hasSizeLessThan(counted.size());

        String migration = Files.readString(Path.of("src/main/resources/db/migration/V79__report_of_partners.sql"));
        sql().execute(migration.substring(migration.indexOf("do $$")));

        assertThat(rows()).isEqualTo(counted);
    }

    /** Those who decide, send and take part, some of one case in two or three ways. */
    private void manyPartners() {
        List<String> senders = List.of("platform", "health", DELTA, "portal");
        List<String> offices = List.of("health", "housing", DELTA);
        for (int i = 0; i < 24; i++) {
            begun("A" + i, MONDAY.plusDays(i % 2).atTime(9, 0));
            sql().update(
                            "update case_file set sender = ?, receiver = ?, receiving_centre = ? where case_no = ?",
                            senders.get(i % 4),
                            offices.get(i % 3),
                            "c" + i % 5,
                            "A" + i);
            said("A" + i, MONDAY.plusDays(i % 2).atTime(10, i), i % 3 == 0 ? "61" : "60");
        }
    }

    private static Figures whole(By by, Set<String> partners, String centre) {
        return reports()
                .answer(new ReportQuestion(
                        ReportPeriod.DAY, MONDAY, MONDAY.plusDays(1), by, null, null, centre, null, partners))
                .total();
    }

    @Test
    void saysUpToWhenItCounted() {
        assertThat(day(MONDAY.toString())).isEqualTo("0 0 0 0");
        assertThat(answer(ReportPeriod.DAY, "2026-11-02", "2026-11-02", By.ITEM).wholeAt())
                .isNull();
        Instant before = Instant.now();
        for (int i = 0; i < 3; i++) {
            begun("W" + i, MONDAY.atTime(9, 0));
        }

        // When it did not come to the end of what is there
        assertThat(sums(2).count()).isFalse();
        assertThat(answer(ReportPeriod.DAY, "2026-11-02", "2026-11-02", By.ITEM).wholeAt())
                .isNull();

        count();
        assertThat(answer(ReportPeriod.DAY, "2026-11-02", "2026-11-02", By.ITEM).wholeAt())
                .isAfterOrEqualTo(before);
    }

    /** A year of a whole city, and more of other items and centres than one report is about. */
    @Test
    void readsByIndexWhatItIsAbout() {
        sql().execute("""
                insert into report_sum select 'day', 'both', date '2026-01-01' + d, 'dep' || c %% 11, 'item' || i, 'centre' || c,
                    'platform', '', 1, 1, 0, 0, 1, 0, 1, 60, array_fill(0, array[%d]), array_fill(0, array[%d])
                from generate_series(0, 99) d, generate_series(1, 20) i, generate_series(1, 30) c
                """.formatted(Spread.HOURS.slots(), Spread.WORKING_DAYS.slots()));
        sql().execute("analyze report_sum");
        LocalDate first = LocalDate.of(2026, 2, 1);
        LocalDate last = first.plusDays(30);

        assertThat(plan(new ReportQuestion(ReportPeriod.DAY, first, last, By.CENTRE, null, "item7", null, null, null)))
                .contains("report_sum_of_item")
                .doesNotContain("Seq Scan");
        assertThat(plan(new ReportQuestion(
                        ReportPeriod.DAY, first, last, By.ITEM, null, null, "centre3", null, Set.of("dep1"))))
                .contains("report_sum_of_centre")
                .doesNotContain("Seq Scan");
        assertThat(plan(new ReportQuestion(ReportPeriod.DAY, first, last, By.CENTRE, null, null, null, null, null)))
                .contains("report_sum_pkey", "centre-alone")
                .doesNotContain("Seq Scan");
    }

    /** Of whom the cases are decides how many rows are read, not how many departments and senders there are. */
    @Test
    void readsForAPersonOfSomePartnersTheirRowsOnly() {
        String figures = "1, 1, 0, 0, 1, 0, 1, 60, array_fill(0, array[%d]), array_fill(0, array[%d])"
                .formatted(Spread.HOURS.slots(), Spread.WORKING_DAYS.slots());
        sql().execute("""
                insert into report_sum select 'day', 'centre', date '2026-01-01' + d, 'dep' || p, '', 'centre' || c, 'sender' || s, '', %1$s
                from generate_series(0, 99) d, generate_series(0, 10) p, generate_series(1, 20) c, generate_series(1, 3) s;
                insert into report_sum select 'day', 'centre-of-department', date '2026-01-01' + d, 'dep' || p, '', 'centre' || c, '', '', %1$s
                from generate_series(0, 99) d, generate_series(0, 10) p, generate_series(1, 20) c;
                insert into report_sum select 'day', 'centre-of-sender', date '2026-01-01' + d, '', '', 'centre' || c, 'sender' || s, '', %1$s
                from generate_series(0, 99) d, generate_series(1, 20) c, generate_series(1, 3) s
                """.formatted(figures));
        sql().execute("analyze report_sum");
        LocalDate first = LocalDate.of(2026, 2, 1);

        String plan = plan(new ReportQuestion(
                ReportPeriod.DAY, first, first.plusDays(30), By.CENTRE, null, null, null, null, Set.of("dep1")));

        assertThat(plan)
                .contains("centre-of-department", "centre-of-sender", "report_sum_of_pair", "report_sum_of_province")
                .doesNotContain("Seq Scan");
    }

    @Test
    void takesNoQuestionThatReadsWithoutEnd() {
        assertThatThrownBy(() -> question(ReportPeriod.DAY, "2026-01-01", "2026-02-01", By.TIME))
                .hasMessageContaining("31");
        assertThatThrownBy(() -> question(ReportPeriod.MONTH, "2024-01-01", "2026-01-01", By.TIME))
                .hasMessageContaining("24");
        assertThatThrownBy(() -> question(ReportPeriod.DAY, "2026-01-02", "2026-01-01", By.TIME))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String plan(ReportQuestion question) {
        List<Object> values = new ArrayList<>();
        String statement = CaseReports.statement(question, values);
        return String.join(
                "\n", pools.console().sql().queryForList("explain " + statement, String.class, values.toArray()));
    }

    private static String figures(Figures figures) {
        return "%d %d %d %d".formatted(figures.received(), figures.done(), figures.refused(), figures.ended());
    }

    private static String day(String day) {
        return figures(answer(ReportPeriod.DAY, day, day, By.TIME).total());
    }

    private static Map<String, String> keys(By by) {
        return answer(ReportPeriod.DAY, "2026-11-02", "2026-11-02", by).lines().stream()
                .collect(Collectors.toMap(Report.Line::key, line -> figures(line.figures())));
    }

    private static List<String> ofTwoDays(By by, String centre, Set<String> partners) {
        ReportQuestion question = new ReportQuestion(
                ReportPeriod.DAY, MONDAY, MONDAY.plusDays(1), by, null, null, centre, null, partners);
        return reports().answer(question).lines().stream()
                .map(line -> "%s %s %s"
                        .formatted(
                                line.key(),
                                figures(line.figures()),
                                Arrays.toString(line.figures().hoursSpread())))
                .toList();
    }

    private static ReportQuestion limitedTo(By by, Set<String> partners) {
        return new ReportQuestion(ReportPeriod.DAY, MONDAY, MONDAY, by, null, null, null, null, partners);
    }

    private static ReportQuestion question(ReportPeriod period, String from, String to, By by) {
        return new ReportQuestion(period, LocalDate.parse(from), LocalDate.parse(to), by, null, null, null, null, null);
    }

    private static Report answer(ReportPeriod period, String from, String to, By by) {
        return reports().answer(question(period, from, to, by));
    }

    private static CaseReports reports() {
        return new CaseReports(pools.console());
    }

    private static List<String> rows() {
        return sql().queryForList("select report_sum::text from report_sum order by 1", String.class);
    }

    private static void count() {
        count(1_000);
    }

    private static void count(int lines) {
        ReportSums sums = sums(lines);
        int rounds = 0;
        while (!sums.count()) {
            assertThat(rounds++).isLessThan(1_000);
        }
    }

    private static long linesRead() {
        return sql().queryForObject("select coalesce(sum(seq), 0) from report_position", Long.class);
    }

    private static ReportSums sums(int lines) {
        return sums(pools.counting(), lines);
    }

    private static ReportSums sums(Pools.Door door, int lines) {
        return new ReportSums(
                door,
                new Facts(door.sql(), lines),
                new CountedCases(door.sql(), Set.of(DELTA)::contains),
                new TimeLimits(door.sql(), catalogue, Clock.systemUTC()),
                catalogue.calendar());
    }

    /** A case of the platform that an office decides. */
    private void begun(String caseNo, LocalDateTime time) {
        pools.settlement().transaction().executeWithoutResult(status -> {
            sql().update("""
                            insert into case_file (case_no, sender, item_code, receiver, channel, status, receiving_centre, responsible,
                                application_id, received_at, changed_at)
                            values (?, ?, 'item', ?, '1', '10', 'c1', 'c1', gen_random_uuid(), ?, now())
                            """, caseNo, PLATFORM, OFFICE, CaseFiles.utc(moment(time)));
            line(intake, "accepted", null, caseNo, time);
            line(intake, "status", "10", caseNo, time);
            line(intake, "status", "30", caseNo, time);
        });
    }

    private void said(String caseNo, LocalDateTime time, String status) {
        line(settlement, "status", status, caseNo, time);
    }

    /** Accepted on a day with a limit of five working days, and done on another. */
    private void limited(String caseNo, LocalDate accepted, LocalDate stopped, LocalDate ended) {
        begun(caseNo, accepted.atTime(10, 0));
        sql().update(
                        "insert into time_limit values (?, 5, ?, ?, ?, ?)",
                        caseNo,
                        accepted,
                        catalogue.calendar().after(accepted, 5),
                        stopped,
                        ended);
        said(caseNo, ended.atTime(15, 0), "60");
    }

    private static void part(String caseNo, int part, int stage, String office) {
        sql().update(
                        "insert into case_part (case_no, part, stage, office, state, since) values (?, ?, ?, ?, 'open', now())",
                        caseNo,
                        part,
                        stage,
                        office);
    }

    private static int chain(String name) {
        return sql().queryForObject("insert into chain (name) values (?) returning id", Integer.class, name);
    }

    private static void line(int chain, String kind, String status, String caseNo, LocalDateTime time) {
        sql().update("""
                        insert into event (chain, seq, hash, at, case_no, kind, status)
                        values (?, (select coalesce(max(seq), 0) + 1 from event where chain = ?), ''::bytea, ?, ?, ?, ?)
                        """, chain, chain, CaseFiles.utc(moment(time)), caseNo, kind, status);
    }

    private static LocalDateTime at(String time) {
        return LocalDateTime.parse(time);
    }

    private static Instant moment(LocalDateTime time) {
        return time.atZone(ReportPeriod.CITY).toInstant();
    }

    private static JdbcTemplate sql() {
        return pools.settlement().sql();
    }
}
