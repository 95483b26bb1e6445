package org.shuniu.bench.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.shuniu.bench.load.Applications;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.load.LoadGenerator;
import org.shuniu.bench.partners.Field;
import org.shuniu.bench.partners.InstantPartners;
import org.shuniu.bench.partners.Lives;
import org.shuniu.bench.stored.StoredLives;
import org.shuniu.bench.subject.HubWith;
import org.shuniu.bench.subject.RunningSubject;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Centre;
import org.shuniu.catalogue.Item;

/** A hub whose database holds a year of cases, with some persons whose ID numbers are known. */
public final class SearchedHub implements AutoCloseable {

    /** People may search by ID number as often as they are measured. */
    private static final String MANY_SEARCHES = "--shuniu.console.searches=1000000";

    private static final HubWith HUB = new HubWith(List.of(MANY_SEARCHES));

    /** What pages read comes over one connection, so that one question's statistics are told before the next one's begin. */
    private static final HubWith ONE_BY_ONE =
            new HubWith(List.of(MANY_SEARCHES, "--shuniu.database.console-connections=1"));

    private static final int PERSONS = 10;
    private static final int CASES_EACH = 3;
    private static final String OF_PERSON = """
            update case_file set applicant_index = (select applicant_index from case_file where case_no = ?) where case_no = any(?)
            """;

    private final Path directory;
    private final InstantPartners partners;
    private final SampledBodies bodies;
    private final List<String> idNumbers = new ArrayList<>();
    private final List<String> caseNumbers = new ArrayList<>();
    private RunningSubject running;
    private StoredLives stored;

    private SearchedHub(Path directory) throws IOException, SQLException {
        this.directory = directory;
        this.partners = new InstantPartners(new Lives(PERSONS));
        this.running = HUB.start(directory, partners.port());
        this.stored = StoredLives.ofAYear(running.databaseUrl(), 0);
        this.bodies = SampledBodies.of(directory);
    }

    public static SearchedHub start(Path directory) throws IOException, SQLException {
        SearchedHub hub = new SearchedHub(directory);
        try {
            People.make(hub.running, hub.stored.connection());
            hub.applyForPersons();
            hub.prepare();
            return hub;
        } catch (IOException | SQLException | RuntimeException failure) {
            hub.close();
            throw failure;
        }
    }

    /** Real applications, so that the index of each applicant is the hub's own. */
    private void applyForPersons() throws IOException {
        try (HttpConnection connection = new HttpConnection(running.port())) {
            for (int i = 0; i < PERSONS; i++) {
                byte[] application = Applications.next();
                HttpConnection.Answer answer = LoadGenerator.apply(connection, running.token(), application);
                if (answer.status() != 202) {
                    throw new IOException(
                            "An application was refused: HTTP %d %s".formatted(answer.status(), answer.text()));
                }
                idNumbers.add(Field.of(new String(application, StandardCharsets.UTF_8), "idNumber"));
                caseNumbers.add(Field.of(answer.text(), "caseNo"));
            }
        }
    }

    /** What this connection fills from. */
    private void prepare() throws IOException, SQLException {
        catalogue();
        stored.execute(StoredLives.text("/trace-functions.sql"));
    }

    /** The items and centres of today, each department's own. */
    private void catalogue() throws SQLException {
        Catalogue catalogue = Catalogue.load(Path.of("mappings"));
        LocalDate today = LocalDate.now();
        stored.execute("create temp table item (n int, code text, receiver text)");
        stored.execute("create temp table centre (n int, code text)");
        try (PreparedStatement item = stored.connection().prepareStatement("insert into item values (?, ?, ?)");
                PreparedStatement centre = stored.connection().prepareStatement("insert into centre values (?, ?)")) {
            int n = 0;
            for (Item of : catalogue.items(today)) {
                String receiver = catalogue.receiver(of, today).orElse("");
                if (!receiver.isEmpty()) {
                    item.setInt(1, n++);
                    item.setString(2, of.code());
                    item.setString(3, receiver);
                    item.executeUpdate();
                }
            }
            n = 0;
            for (Centre of : catalogue.centres(today)) {
                centre.setInt(1, n++);
                centre.setString(2, of.code());
                centre.executeUpdate();
            }
        }
    }

    /** Fills it until it holds so many cases, and gives some of the new ones to the known persons. */
    public void growTo(long cases) throws SQLException {
        stored.growTo(cases);
        List<Sample> drawn = samples(PERSONS * CASES_EACH);
        try (PreparedStatement give = stored.connection().prepareStatement(OF_PERSON)) {
            for (int i = 0; i < PERSONS; i++) {
                String[] theirs = drawn.subList(i * CASES_EACH, (i + 1) * CASES_EACH).stream()
                        .map(Sample::caseNo)
                        .toArray(String[]::new);
                give.setString(1, caseNumbers.get(i));
                give.setArray(2, stored.connection().createArrayOf("text", theirs));
                give.executeUpdate();
            }
        }
    }

    public List<Sample> samples(int count) throws SQLException {
        List<Sample> drawn = Samples.draw(
                stored.connection(),
                List.of("police", "civil-affairs", "human-resources", "economy", "archives"),
                idNumbers,
                count);
        bodies.seal(stored.connection(), drawn);
        return drawn;
    }

    /** Rows of the tables that hold a case's trace. */
    public long traceRows() throws SQLException {
        return stored.one(
                "select (select count(*) from event) + (select count(*) from message) + (select count(*) from delivery)",
                Long.class);
    }

    public StoredLives stored() {
        return stored;
    }

    public Connection connection() {
        return stored.connection();
    }

    public RunningSubject running() {
        return running;
    }

    /** Starts hub and database anew, with nothing of the database's files in memory. */
    public void restartCold() throws IOException, SQLException, InterruptedException {
        stop();
        ColdFiles.drop(directory.resolve("data/postgres"));
        start(HUB);
    }

    /** Starts hub and database anew, to look at the server's statistics. */
    public void restartOneByOne() throws IOException, SQLException {
        stop();
        start(ONE_BY_ONE);
    }

    private void stop() throws IOException, SQLException {
        stored.close();
        running.close();
    }

    private void start(HubWith hub) throws IOException, SQLException {
        running = hub.start(directory, partners.port());
        stored = StoredLives.ofAYear(running.databaseUrl(), stored.stored());
        prepare();
    }

    @Override
    public void close() throws IOException, SQLException {
        stop();
        partners.close();
    }
}
