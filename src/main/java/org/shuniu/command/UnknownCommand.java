package org.shuniu.command;

import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.shuniu.HubProperties;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.restoration.UnknownReceipts;
import org.springframework.jdbc.core.JdbcTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds a sender's own list of what the hub accepted against a restored database. */
@Command(
        name = "unknown",
        description = {
            "names what a sender has the hub's receipt for and the database does not know, hub running or not",
            "Exit code 1 when there is any."
        })
final class UnknownCommand implements Callable<Integer> {

    private static final int AT_ONCE = 1_000;

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Option(names = "--of", required = true, paramLabel = "ID", description = "the sender")
    private String sender = "";

    @Parameters(
            paramLabel = "FILE",
            description =
                    "what the sender lists, one a line: idempotency keys, or numbers of cases, as its receipts say")
    private Path list;

    private long read;
    private long unknown;

    UnknownCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        try (CommandSettings of = CommandSettings.of(settings)) {
            HubProperties hub = of.bind("shuniu", HubProperties.class);
            if (PartnerDirectory.load(hub.routesDir(), of.placeholders())
                    .find(sender)
                    .isEmpty()) {
                throw new Unclear("--of: found %s, expected the id of a partner".formatted(sender));
            }
            Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
            try (HubDatabase database = HubDatabase.visit(hub, secrets);
                    HikariDataSource pool = database.pool()) {
                tell(new UnknownReceipts(new JdbcTemplate(pool), sender));
            }
        }
        out.printf("%d of %d are not known here.%n", unknown, read);
        return unknown == 0 ? 0 : 1;
    }

    /** However long the list is, a page of it is held at a time. */
    private void tell(UnknownReceipts receipts) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(list)) {
            List<String> page = page(lines);
            while (!page.isEmpty()) {
                read += page.size();
                List<String> missing = receipts.among(page);
                unknown += missing.size();
                missing.forEach(out::println);
                page = page(lines);
            }
        }
    }

    private static List<String> page(BufferedReader lines) throws IOException {
        List<String> page = new ArrayList<>();
        while (page.size() < AT_ONCE) {
            String line = lines.readLine();
            if (line == null) {
                break;
            }
            if (!line.isBlank()) {
                page.add(line.strip());
            }
        }
        return page;
    }
}
