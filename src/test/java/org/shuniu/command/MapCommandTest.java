package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code java -jar shuniu.jar map …} with the mappings and examples of the repository. */
class MapCommandTest {

    private static final String OUT = "economy/application.out";
    private static final Path ONLINE = Path.of("mappings/economy/examples/application.out/online.source.json");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void saysWhatEachRowDoesAndWhatComesOfIt() throws IOException {
        assertThat(map(OUT, ONLINE.toString())).as(said()).isZero();

        JsonNode target =
                JsonMapper.shared().readTree(Path.of("mappings/economy/examples/application.out/online.target.json"));
        assertThat(said())
                .containsPattern(
                        "written +person\\.certType\\R +source document\\.applicant\\.idType: 111\\R +table id-type: 111 > 01\\R += 01")
                .contains("source message.id: " + target.path("requestId").asString());
        assertThat(JsonMapper.shared().readTree(said().substring(said().lastIndexOf("\n{"))))
                .isEqualTo(target);
        assertThat(map("mappings/economy/application.out.yaml", ONLINE.toString(), "--json"))
                .isZero();
        assertThat(JsonMapper.shared()
                        .readTree(said())
                        .path("rows")
                        .get(0)
                        .path("end")
                        .asString())
                .isEqualTo("WRITTEN");
    }

    @Test
    void saysWhichRowsFailAndGoesOn() throws IOException {
        Path broken = Files.writeString(
                directory.resolve("broken.json"),
                Files.readString(ONLINE).replace("\"idType\": \"111\"", "\"idType\": \"999\""));

        assertThat(map(OUT, broken.toString())).isEqualTo(1);

        assertThat(said())
                .containsPattern("failed +person\\.certType")
                .contains("code table id-type has no hub code '999'")
                .containsPattern("written +person\\.name");
    }

    @Test
    void saysWhichLineOfTheOutcomeDecides() {
        assertThat(map("economy/result.in", "mappings/economy/examples/result.in/done.source.json"))
                .as(said())
                .isZero();

        assertThat(said())
                .containsPattern("outcome: line \\d+ decides: delivered")
                .contains("\"verdict\" : \"delivered\"");
    }

    @Test
    void saysWhatItCannotDo() throws IOException {
        assertThat(map("economy/nothing.out", ONLINE.toString())).isEqualTo(1);
        assertThat(said()).contains("no such mapping; expected one of", "application.out");
        assertThat(map("nobody/application.out", ONLINE.toString())).isEqualTo(1);
        assertThat(said()).contains("nobody: no folder of this name");
        assertThat(map("application", ONLINE.toString())).isEqualTo(2);
        assertThat(said()).contains("MAPPING: found application", "Usage:");
        assertThat(map(OUT, directory.resolve("missing").toString())).isEqualTo(2);
        assertThat(map(OUT, Files.writeString(directory.resolve("text"), "{").toString()))
                .isEqualTo(1);
        assertThat(said()).contains("not JSON");
    }

    private int map(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        String[] all = new String[words.length + 1];
        all[0] = "map";
        System.arraycopy(words, 0, all, 1, words.length);
        return Commands.run(stream, stream, all);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
