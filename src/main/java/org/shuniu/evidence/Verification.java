package org.shuniu.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shuniu.timestamp.TimeStampAuthority;

/** Checks all evidence of a hub, running or not, in little memory. */
public final class Verification {

    /**
     * What came of it.
     *
     * @param fits whether all of it fits
     * @param text what was checked, or the first line that is wrong and why; of the exchange that of each chain
     */
    public record Report(boolean fits, String text) {}

    private Verification() {}

    /** Without the authority of time-stamps, of which only what they are about is checked then. */
    public static Report run(Connection database, Connection another, Path directory, SealKey key)
            throws SQLException, IOException {
        return run(database, another, directory, key, Optional.empty());
    }

    /**
     * Never writes.
     *
     * @param database one connection; another sees what is committed meanwhile
     * @param directory of the seals outside the database
     */
    public static Report run(
            Connection database,
            Connection another,
            Path directory,
            SealKey key,
            Optional<TimeStampAuthority> authority)
            throws SQLException, IOException {
        for (Connection connection : new Connection[] {database, another}) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
        }
        database.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        another.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        // The first statement takes the snapshot; the file of seals is read after it
        database.createStatement().executeQuery("select 1").close();
        try {
            return report(database, another, directory, key, new TimeStampCheck(database, authority));
        } finally {
            database.rollback();
            another.rollback();
        }
    }

    private static Report report(
            Connection database, Connection another, Path directory, SealKey key, TimeStampCheck stamps)
            throws SQLException, IOException {
        List<String> faults = new ArrayList<>();
        String own = "";
        Restorations restorations = Restorations.NONE;
        try {
            restorations = Restorations.read(database, key);
            own = check(database, another, directory, key, restorations);
        } catch (EvidenceIsWrong wrong) {
            faults.add(wrong.getMessage());
        }
        RegionChainCheck regions = new RegionChainCheck(database, restorations);
        regions.run();
        faults.addAll(regions.faults());
        stamps.run();
        faults.addAll(stamps.faults());
        if (faults.isEmpty()) {
            return new Report(
                    true,
                    "%s; %d chain(s) of the exchange with %d line(s), and %d manifest(s)%s%s"
                            .formatted(
                                    own,
                                    regions.chains(),
                                    regions.lines(),
                                    regions.manifests(),
                                    stamps.text(),
                                    restorations.text()));
        }
        return new Report(
                false,
                faults.stream()
                        .map(fault -> "The first line that is wrong: " + fault)
                        .collect(Collectors.joining(System.lineSeparator())));
    }

    private static String check(
            Connection database, Connection another, Path directory, SealKey key, Restorations restorations)
            throws SQLException, IOException {
        SealFile file = new SealFile(directory);
        long seals = new SealCheck(file, key).run(database, another);
        ChainCheck<?> events = new ChainCheck<>(new EventTable(), database, another, restorations);
        events.run();
        ChainCheck<?> audit = new ChainCheck<>(new AuditTable(), database, another, restorations);
        audit.run();
        return "All evidence fits: %d chain(s) with %d line(s), %d of them not sealed yet; %d seal(s), also in %s"
                .formatted(
                        events.chains() + audit.chains(),
                        events.lines() + audit.lines(),
                        events.unsealed() + audit.unsealed(),
                        seals,
                        file.path());
    }
}
