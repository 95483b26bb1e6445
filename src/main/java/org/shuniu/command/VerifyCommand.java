package org.shuniu.command;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.shuniu.HubProperties;
import org.shuniu.embedded.VisitedDatabase;
import org.shuniu.evidence.EvidenceProperties;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.partner.Secrets;
import org.shuniu.store.DatabaseAddress;

/** Checks all evidence of a hub, whether it runs or not. */
final class VerifyCommand implements Command {

    @Override
    public int run(String[] options) {
        try (CommandSettings settings = CommandSettings.of(options)) {
            HubProperties hub = settings.bind("shuniu", HubProperties.class);
            EvidenceProperties evidence = settings.bind("shuniu.evidence", EvidenceProperties.class);
            Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
            Verification.Report report = verify(hub, evidence, secrets, SealKey.of(secrets.require(SealKey.SECRET)));
            System.out.println(report.text());
            return report.fits() ? 0 : 1;
        } catch (SQLException | IOException | RuntimeException unusable) {
            System.err.println("The evidence cannot be verified: " + unusable.getMessage());
            return 2;
        }
    }

    private static Verification.Report verify(
            HubProperties hub, EvidenceProperties evidence, Secrets secrets, SealKey key)
            throws SQLException, IOException {
        if (!hub.database().embedded()) {
            String password =
                    secrets.find("database-password").orElse(hub.database().password());
            return verify(
                    new DatabaseAddress(hub.database().url(), hub.database().username(), password), evidence, key);
        }
        try (VisitedDatabase database =
                VisitedDatabase.visit(hub.dataDir().toAbsolutePath().normalize().resolve("postgres"))) {
            return verify(database.address(), evidence, key);
        }
    }

    private static Verification.Report verify(DatabaseAddress address, EvidenceProperties evidence, SealKey key)
            throws SQLException, IOException {
        try (Connection one = connect(address);
                Connection another = connect(address)) {
            return Verification.run(one, another, evidence.directory(), key);
        }
    }

    private static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.username(), address.password());
    }
}
