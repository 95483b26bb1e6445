package org.shuniu.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.embedded.EmbeddedDatabase;

class TextOrderTest {

    @TempDir
    static Path directory;

    private static EmbeddedDatabase server;

    @BeforeAll
    static void start() {
        server = EmbeddedDatabase.start(directory.resolve("postgres"), 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isTheCharactersOwnInTheEmbeddedDatabase() {
        try (Pools pools = pools(EmbeddedDatabase.HUB)) {
            assertThat(TextOrder.ofALibrary(pools.settlement().sql())).isEmpty();
            assertThat(pools.settlement().sql().queryForList("""
                            select text from (values ('a-b'), ('ab'), ('B'), ('市'), ('区')) t(text) order by text
                            """, String.class))
                    .isEqualTo(List.of("B", "a-b", "ab", "区", "市"));
        }
    }

    @Test
    void isSaidToBeALibrarysWhereItIs() {
        try (Pools pools = pools(EmbeddedDatabase.HUB)) {
            pools.settlement().sql().execute("""
                    create database sorted template template0 locale_provider icu icu_locale 'zh' encoding 'UTF8'
                    """);
        }
        try (Pools sorted = pools("sorted")) {
            assertThat(TextOrder.ofALibrary(sorted.settlement().sql())).contains("ICU");
        }
    }

    private static Pools pools(String database) {
        return Pools.open(server.url(database), "postgres", "", 1, 1, 1);
    }
}
