package org.shuniu.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;
import org.shuniu.store.MigratedDatabase;
import org.shuniu.store.Pools;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What the hub does not go by is an incident: of its own processes, and of a department that nobody has tried. */
class FilesFollowedTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;
    private static Pools pools;

    @BeforeAll
    static void start() throws Exception {
        server = MigratedDatabase.start(directory.resolve("postgres"));
        pools = Pools.open(server.url("shuniu"), "postgres", "", 2, 2, 2);
    }

    @AfterAll
    static void stop() {
        pools.close();
        server.close();
    }

    @Test
    void seesADepartmentThatTheHubHoldsAndNoneThatAnOperatorStopped() {
        pools.settlement().sql().update("""
                insert into pause (partner, reason, paused_by, note) values
                    ('forestry', 'untried', 'hub', 'conformance.yaml: no record'), ('parks', 'operator', 'li', 'a move')
                """);

        assertThat(new FilesFollowed(pools.settlement().sql()).look(Instant.now()))
                .singleElement()
                .satisfies(condition -> {
                    assertThat(condition.key()).isEqualTo(new Condition.Key(IncidentKind.CONFIGURATION, "forestry"));
                    assertThat(condition.said()).isEqualTo("conformance.yaml: no record");
                    assertThat(condition.opens()).isTrue();
                });
    }

    @Test
    void hasWordsForBoth() {
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("console/messages");
        words.setDefaultEncoding("UTF-8");

        assertThat(words.getMessage("incidents.is.configuration", new Object[] {"Landscaping", 0L}, Locale.ENGLISH))
                .isEqualTo("Nothing is sent to Landscaping: its files were never tried at its test system");
        assertThat(words.getMessage("incidents.is.configuration", new Object[] {"Shuniu", 2L}, Locale.ENGLISH))
                .startsWith("2 processes of the hub");
    }
}
