package org.shuniu.command;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.shuniu.HubProperties;
import org.shuniu.embedded.VisitedDatabase;
import org.shuniu.evidence.EvidenceProperties;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.partner.Secrets;
import org.shuniu.store.DatabaseAddress;
import org.shuniu.timestamp.TimeStampAuthority;
import org.shuniu.timestamp.TimeStampProperties;

/** Checks all evidence of a hub, whether it runs or not. */
final class VerifyCommand implements Command {

    /**
     * What the evidence is held against.
     *
     * @param directory of the seals
     */
    private record Visit(Path directory, SealKey key, Optional<TimeStampAuthority> authority) {}

    @Override
    public int run(String[] options) {
        try (CommandSettings settings = CommandSettings.of(options)) {
            HubProperties hub = settings.bind("shuniu", HubProperties.class);
            EvidenceProperties evidence = settings.bind("shuniu.evidence", EvidenceProperties.class);
            Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
            Visit visit = new Visit(
                    evidence.directory(),
                    SealKey.of(secrets.require(SealKey.SECRET)),
                    settings.bind("shuniu.exchange.time-stamp", TimeStampProperties.class)
                            .authority());
            Verification.Report report = verify(hub, secrets, visit);
            System.out.println(report.text());
            return report.fits() ? 0 : 1;
        } catch (SQLException | IOException | RuntimeException unusable) {
            System.err.println("The evidence cannot be verified: " + unusable.getMessage());
            return 2;
        }
    }

    private static Verification.Report verify(HubProperties hub, Secrets secrets, Visit visit)
            throws SQLException, IOException {
        if (!hub.database().embedded()) {
            String password =
                    secrets.find("database-password").orElse(hub.database().password());
            return verify(
                    new DatabaseAddress(hub.database().url(), hub.database().username(), password), visit);
        }
        try (VisitedDatabase database =
                VisitedDatabase.visit(hub.dataDir().toAbsolutePath().normalize().resolve("postgres"))) {
            return verify(database.address(), visit);
        }
    }

    private static Verification.Report verify(DatabaseAddress address, Visit visit) throws SQLException, IOException {
        try (Connection one = connect(address);
                Connection another = connect(address)) {
            return Verification.run(one, another, visit.directory(), visit.key(), visit.authority());
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.username(), address.password());
    }
}
