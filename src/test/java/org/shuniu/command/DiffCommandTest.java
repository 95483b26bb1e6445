package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code java -jar shuniu.jar diff …} and {@code rehearse …}, as far as they go without a hub. */
class DiffCommandTest {

    private static final String WHY = "--reason=codes of 2027";
    private static final String NO_HUB = "--hub=http://127.0.0.1:1";

    @TempDir
    private Path directory;

    private Path old;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void copyMappings() {
        old = directory.resolve("economy");
        Workplace.copy(Path.of("mappings/economy"), old, (file, text) -> text);
    }

    @Test
    void findsNoDifferenceInWhatIsTheSame() {
        assertThat(run("diff", "economy", "--examples", "--old=" + old))
                .as(said())
                .isZero();

        assertThat(said()).contains("economy: candidate ", "application.out", "No difference.");
    }

    @Test
    void saysWhatWasOtherwiseBefore() throws IOException {
        change("application.out.yaml", "source: document.applicant.name", "source: document.applicant.idNumber");
        change("result.in.yaml", "is: refused", "is: delivered");

        assertThat(run("diff", "economy", "--examples", "--old=" + old))
                .as(said())
                .isEqualTo(1);
        assertThat(said())
                .contains("application.out person.name: value, for example '************' > '***'", "    in ")
                .contains("result.in verdict: value, for example 'DELIVERED' > 'REFUSED'")
                .doesNotContain("测试", "11010519491231002X");

        assertThat(run("diff", "economy/result.in", "--examples", "--old=" + old, "--json"))
                .isEqualTo(1);
        JsonNode told = JsonMapper.shared().readTree(said());
        assertThat(told.path("mappings").size()).isEqualTo(1);
        assertThat(told.path("differences").get(0).path("mapping").asString()).isEqualTo("result.in");
    }

    @Test
    void saysWhatItCanNotTell() throws IOException {
        assertThat(run("diff", "Economy", WHY)).isEqualTo(2);
        assertThat(said()).contains("PARTNER: found Economy", "Usage:");
        assertThat(run("diff", "economy", "--examples")).isEqualTo(2);
        assertThat(said()).contains("--examples and --old FOLDER");
        assertThat(run("diff", "economy", "--examples", "--old=" + directory.resolve("none")))
                .isEqualTo(2);
        assertThat(said()).contains("--old: found ");
        assertThat(run("diff", "economy", NO_HUB, secrets())).isEqualTo(2);
        assertThat(said()).contains("--reason TEXT: found none");
        assertThat(run("diff", "nobody", WHY, NO_HUB, secrets())).isEqualTo(2);
        assertThat(said()).contains("has no mappings");
        assertThat(run("diff", "economy", WHY, NO_HUB, secrets())).isEqualTo(2);
        assertThat(said()).contains("diff was not done: no answer from a hub at http://127.0.0.1:1");
    }

    @Test
    void rehearsesOnlyWithAReason() throws IOException {
        assertThat(run("rehearse", "start", "economy", NO_HUB, secrets())).isEqualTo(2);
        assertThat(said()).contains("--reason");
        assertThat(run("rehearse", "start", "economy", "--reason=new codes", NO_HUB, secrets()))
                .isEqualTo(2);
        assertThat(said()).contains("start was not done: no answer from a hub");
        assertThat(run("help", "rehearse")).isZero();
        assertThat(said()).contains("start", "show", "drop", "promote");
    }

    @Test
    void writesWhatWasPromotedAndNothingOutsideOfItsFolder() throws IOException {
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        JsonNode files = Candidates.request(Path.of("mappings"), "economy").path("files");
        change("application.out.yaml", "required: true", "required: false");
        Files.writeString(old.resolve("codes/mine.csv"), "hub,local,use,name\n");

        assertThat(Candidates.write(files, old, stream)).isFalse();

        assertThat(said()).contains("wrote ", "mine.csv is no part of what was rehearsed");
        assertThat(old.resolve("application.out.yaml"))
                .hasSameTextualContentAs(Path.of("mappings/economy/application.out.yaml"));
        Files.delete(old.resolve("codes/mine.csv"));
        assertThat(Candidates.write(files, old, stream)).isTrue();
        assertThatThrownBy(() -> Candidates.write(
                        JsonMapper.shared().createObjectNode().put("../other.out.yaml", "x"), old, stream))
                .hasMessageContaining("expected names such as");
        assertThat(directory.resolve("other.out.yaml")).doesNotExist();
    }

    private String secrets() throws IOException {
        Path secrets = Files.createDirectories(directory.resolve("secrets"));
        Files.writeString(secrets.resolve("engineer-token"), "token");
        return "--shuniu.secrets-dir=" + secrets;
    }

    private void change(String file, String what, String into) throws IOException {
        Path path = old.resolve(file);
        Files.writeString(path, Files.readString(path).replace(what, into));
    }

    private int run(String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Commands.run(stream, stream, words);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
