package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a real mapping writes and reads on both sides of the midnight at which its table becomes another. */
class MidnightSwitchTest {

    private static final LocalDate BEFORE = LocalDate.of(2026, 6, 30);
    private static final LocalDate AFTER = LocalDate.of(2026, 7, 1);
    private static final Path SOURCE = Path.of("mappings/economy/examples/application.out");

    @TempDir
    Path folder;

    @Test
    void writesByTheTableOfTheCasesDay() throws IOException {
        Mappings mappings = mappings();

        assertThat(channel(mappings, BEFORE)).isEqualTo("WEB");
        assertThat(channel(mappings, AFTER)).isEqualTo("ONLINE");
    }

    @Test
    void namesTheTablesThatAMappingUsesByTheirVersionsOfTheDay() throws IOException {
        Mappings mappings = mappings();

        assertThat(mappings.switches("economy", "application.out")).containsExactly(AFTER);
        assertThat(mappings.switches("economy", "result.in")).isEmpty();
        assertThat(mappings.tableVersions("economy", "application.out", BEFORE)).containsOnlyKeys("channel", "id-type");
        assertThat(mappings.tableVersions("economy", "application.out", BEFORE).get("channel"))
                .isNotEqualTo(mappings.tableVersions("economy", "application.out", AFTER)
                        .get("channel"));
        assertThat(mappings.tableVersions("economy", "application.out", BEFORE).get("id-type"))
                .isEqualTo(mappings.tableVersions("economy", "application.out", AFTER)
                        .get("id-type"));
    }

    private static String channel(Mappings mappings, LocalDate day) throws IOException {
        JsonNode source = Source.MAPPER.readTree(Files.readString(first()));
        ((tools.jackson.databind.node.ObjectNode) source.path("document")).put("channel", "2");
        byte[] body =
                mappings.render("economy", "application", source, Days.of(day)).body();
        return Source.MAPPER
                .readTree(new String(body, StandardCharsets.UTF_8))
                .path("channel")
                .stringValue();
    }

    private static Path first() throws IOException {
        try (Stream<Path> files = Files.list(SOURCE)) {
            return files.filter(file -> file.toString().endsWith(".source.json"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Mappings mappings() throws IOException {
        for (String part : new String[] {"canonical", "economy"}) {
            try (Stream<Path> files = Files.walk(Path.of("mappings", part))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    Path to = folder.resolve(Path.of("mappings").relativize(file));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
        }
        Files.writeString(folder.resolve("economy/codes/channel.csv"), """
                hub,local,use,name,valid_from,valid_to
                1,HALL,both,窗口办理,,
                2,WEB,both,电脑端网上办理,,2026-06-30
                2,ONLINE,both,网上办理,2026-07-01,
                """);
        return Mappings.load(folder);
    }
}
