package org.shuniu.command;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.flywaydb.core.Flyway;
import org.shuniu.HubProperties;
import org.shuniu.audit.Actors;
import org.shuniu.evidence.EvidenceProperties;
import org.shuniu.evidence.SealKey;
import org.shuniu.incident.IncidentProperties;
import org.shuniu.partner.Secrets;
import org.shuniu.restoration.RestoredDatabase;
import org.shuniu.store.Pools;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells a database that a backup was restored into it, before a hub starts on it. */
@Command(
        name = "restore",
        description = {
            "tells a database that a backup was restored into it, before a hub starts on it",
            "Without --confirm it says what would follow, and changes nothing. With it the database begins a new incarnation: what an"
                    + " older broker holds is ignored, every delivery that is not settled has an unknown outcome, and what was sealed"
                    + " after the backup is on record as lost."
        })
final class RestoreCommand implements Callable<Integer> {

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Option(names = "--confirm", description = "does it")
    private boolean confirm;

    @Option(names = "--by", paramLabel = "NAME", description = "who restored the backup, for the audit")
    private String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit")
    private String reason = "";

    RestoreCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Returns 0 when the new incarnation has begun, 2 when nothing was changed. */
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (confirm && (by.isBlank() || reason.isBlank())) {
            throw new Unclear("--confirm: expected --by and --reason as well");
        }
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties hub = of.bind("shuniu", HubProperties.class);
            Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
            try (HubDatabase database = HubDatabase.visit(hub, secrets);
                    HikariDataSource pool = database.pool()) {
                return restore(of, database, Pools.Door.of(pool), SealKey.of(secrets.require(SealKey.SECRET)));
            }
        }
    }

    private int restore(CommandSettings of, HubDatabase database, Pools.Door door, SealKey key)
            throws InterruptedException {
        EvidenceProperties evidence = of.bind("shuniu.evidence", EvidenceProperties.class);
        IncidentProperties.Processes processes =
                of.bind("shuniu.incidents.processes", IncidentProperties.Processes.class);
        RestoredDatabase restored =
                RestoredDatabase.visit(door, evidence.directory(), key, processes.beat(), processes.silent());
        out.printf("%s: %s.%n", database.address().url(), restored.text());
        if (!confirm) {
            out.println("Nothing was changed: expected --confirm, --by=NAME and --reason=TEXT.");
            return 2;
        }
        update(database);
        out.printf(
                "Incarnation %s has begun; a hub may start.%n",
                restored.begin(new RestoredDatabase.ByWhom(
                        Actors.BY_COMMAND + System.getProperty("user.name"), by.strip(), reason.strip())));
        return 0;
    }

    /** The backup may be of an older version, and a hub must not start before this. */
    private static void update(HubDatabase database) {
        Flyway.configure()
                .dataSource(
                        database.address().url(),
                        database.address().username(),
                        database.address().password())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
