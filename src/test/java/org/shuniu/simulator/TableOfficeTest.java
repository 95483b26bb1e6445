package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How an office works through its rows, without a database. */
class TableOfficeTest {

    private static final String ADDRESS = "jdbc:office-of-paper:";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Driver PAPER = new Paper();

    @BeforeAll
    static void open() throws SQLException {
        DriverManager.registerDriver(PAPER);
    }

    @AfterAll
    static void close() throws SQLException {
        DriverManager.deregisterDriver(PAPER);
    }

    /** Where a moment passes between two looks at the clock, the later row of the case must not overtake the earlier one. */
    @Test
    void letsNothingOvertakeARowWhoseTimeComesWhileItLooks() {
        Instant begin = Instant.EPOCH;
        Instant due = begin.plusSeconds(3);
        Iterator<Instant> looks = List.of(begin, due.minusMillis(1), due).iterator();
        InstantSource clock = () -> looks.hasNext() ? looks.next() : due;
        PartnerFaults faults = new PartnerFaults();
        faults.set(new Fault(FaultKind.LATE_RESULT, Duration.ofSeconds(3)), 1);
        Clerk clerk = new Clerk("first", "second", 0);

        try (TableOffice<Sheet> office = office(clerk, faults, clock)) {
            office.start();
            await().atMost(PATIENCE).until(() -> clerk.worked.size() == 2);
        }

        assertThat(clerk.worked).containsExactly("first", "second");
    }

    @Test
    void worksOnAfterAFailureThatNobodyForesaw() {
        Clerk clerk = new Clerk("first", "none", 2);

        try (TableOffice<Sheet> office = office(clerk, new PartnerFaults(), InstantSource.system())) {
            office.start();
            await().atMost(PATIENCE).until(() -> clerk.worked.contains("first"));
        }

        assertThat(clerk.worked).containsExactly("first");
    }

    private static TableOffice<Sheet> office(Clerk clerk, PartnerFaults faults, InstantSource clock) {
        return new TableOffice<>(
                "an-office", new SimulatorProperties.FrontEndDatabase(ADDRESS, "office", "none"), clerk, faults, clock);
    }

    private record Sheet(String rowGuid, List<Sheet> left) implements TableClerk.Row {

        @Override
        public String caseNo() {
            return "one case";
        }

        @Override
        public void markWorked(Connection connection) {
            left.remove(this);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sheet row && row.rowGuid.equals(rowGuid);
        }

        @Override
        public int hashCode() {
            return rowGuid.hashCode();
        }
    }

    private static final class Clerk implements TableClerk<Sheet> {

        private final List<Sheet> left = new CopyOnWriteArrayList<>();
        private final List<String> worked = new CopyOnWriteArrayList<>();
        private final String next;
        private int failures;

        /** @param next what comes once the first is taken to be decided later */
        private Clerk(String first, String next, int failures) {
            this.next = next;
            this.failures = failures;
            left.add(new Sheet(first, left));
        }

        @Override
        public void prepare(Connection connection) {}

        @Override
        public List<Sheet> waiting(Connection connection) {
            return new ArrayList<>(left);
        }

        @Override
        public void enter(Sheet row) {}

        @Override
        public void work(Sheet row, Fault fault, Connection connection) {
            if (failures-- > 0) {
                throw new IllegalStateException("a clerk who can't read this");
            }
            worked.add(row.rowGuid());
        }

        @Override
        public boolean begin(Sheet row, Connection connection) {
            left.add(new Sheet(next, left));
            return true;
        }

        @Override
        public void garble(Sheet row, Connection connection) {}
    }

    /** Opens connections that keep nothing. */
    private static final class Paper implements Driver {

        @Override
        public Connection connect(String url, Properties info) {
            return acceptsURL(url)
                    ? (Connection) Proxy.newProxyInstance(
                            Paper.class.getClassLoader(),
                            new Class<?>[] {Connection.class},
                            (connection, method, values) -> null)
                    : null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.equals(ADDRESS);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
