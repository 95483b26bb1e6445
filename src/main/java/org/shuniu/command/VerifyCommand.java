package org.shuniu.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.shuniu.HubProperties;
import org.shuniu.evidence.EvidenceProperties;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.Verification;
import org.shuniu.partner.Secrets;
import org.shuniu.timestamp.TimeStampAuthority;
import org.shuniu.timestamp.TimeStampProperties;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Checks all evidence of a hub, whether it runs or not. */
@Command(
        name = "verify",
        description = {
            "checks all evidence, whether a hub runs or not: every line, chain and seal, and what regions signed",
            "Says which line is the first that is wrong; exit code 1 when one is."
        })
final class VerifyCommand implements Callable<Integer> {

    /**
     * What the evidence is held against.
     *
     * @param directory of the seals
     */
    private record Visit(Path directory, SealKey key, Optional<TimeStampAuthority> authority) {}

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    VerifyCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Returns 0 when all fits, 1 when something does not. */
    @Override
    public Integer call() throws SQLException, IOException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties hub = of.bind("shuniu", HubProperties.class);
            EvidenceProperties evidence = of.bind("shuniu.evidence", EvidenceProperties.class);
            Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
            Visit visit = new Visit(
                    evidence.directory(),
                    SealKey.of(secrets.require(SealKey.SECRET)),
                    of.bind("shuniu.exchange.time-stamp", TimeStampProperties.class)
                            .authority());
            Verification.Report report = verify(hub, secrets, visit);
            out.println(report.text());
            return report.fits() ? 0 : 1;
        }
    }

    private static Verification.Report verify(HubProperties hub, Secrets secrets, Visit visit)
            throws SQLException, IOException {
        try (HubDatabase database = HubDatabase.visit(hub, secrets)) {
            return verify(database, visit);
        }
    }

    private static Verification.Report verify(HubDatabase database, Visit visit) throws SQLException, IOException {
        try (Connection one = database.connect();
                Connection another = database.connect()) {
            return Verification.run(one, another, visit.directory(), visit.key(), visit.authority());
        }
    }
}
