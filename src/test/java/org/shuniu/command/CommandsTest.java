package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The jar's command line, with the files and settings of the repository. */
class CommandsTest {

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    @Test
    void runsAHubWithOptionsAlone() {
        assertThat(Commands.run()).isEmpty();
        assertThat(Commands.run("", "--spring.application.json={\n}")).isEmpty();
        assertThat(Commands.run("--server.port=1", "--spring.profiles.active=production"))
                .isEmpty();
    }

    @Test
    void namesItsCommands() {
        assertThat(run("--help")).isZero();
        assertThat(said())
                .contains(
                        "check",
                        "conform",
                        "diff",
                        "fields",
                        "handout",
                        "map",
                        "new",
                        "partner",
                        "rehearse",
                        "round-trip")
                .contains("restore", "swap", "try", "users", "verify", "Exit code");
        assertThat(run("help", "check")).isZero();
        assertThat(said()).contains("--json", "--reach");
        assertThat(run("--shuniu.routes-dir=routes", "chekc")).isEqualTo(2);
        assertThat(said()).contains("chekc", "Did you mean");
    }

    @Test
    void findsNothingWrongWithTheRepositoryAsTheDemoRunsIt() {
        assertThat(run("check")).as(said()).isZero();
        assertThat(said()).isEqualTo("All is well.\n");
        assertThat(run("check", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(said()).size()).isZero();
    }

    @Test
    void saysWhatLeavesTowardsWhomOnWhichBasis() {
        assertThat(run("fields", "sms-gateway")).as(said()).isZero();
        assertThat(said())
                .startsWith("partner,field,name,documents,items,purpose,basis,valid_from,valid_to")
                .contains("sms-gateway,document.applicant.mobile,联系人手机号码,notification,*,")
                .doesNotContain("idNumber");
        assertThat(run("fields", "police", "--item=312000370000", "--json")).isZero();
        assertThat(JsonMapper.shared().readTree(said()).findValuesAsString("field"))
                .contains("document.applicant.idNumber")
                .doesNotContain("document.applicant.division");
        assertThat(run("fields", "nobody")).isEqualTo(2);
        assertThat(said()).contains("found nobody, expected one of");
    }

    @Test
    void saysThatThereIsNoFolder() {
        assertThat(run("check", "--shuniu.routes-dir=" + directory.resolve("none")))
                .isEqualTo(1);
        assertThat(said()).contains("shuniu.routes-dir: there is no folder '", "none', expected the folder");
    }

    @Test
    void saysHowAHubThatRunsIsChanged() {
        assertThat(run("help", "swap")).isZero();
        assertThat(said()).contains("--check-only", "--reason", "rollback", "list", "export", "restart");
        assertThat(run("swap")).isEqualTo(2);
        assertThat(said()).contains("--reason: expected why");
        assertThat(run("swap", "--reason=x", "--shuniu.secrets-dir=" + directory))
                .isEqualTo(2);
        assertThat(said()).contains("swap was not done", "engineer-token");
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
