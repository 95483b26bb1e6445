package org.shuniu.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.console.Role;
import picocli.CommandLine;

/** What {@code users} says before it has looked into any database. */
class UsersCommandTest {

    private static final String SECRET = "a password that is long enough";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    private Path nowhere;

    @Test
    void saysWhatItCanDo() {
        assertThat(run("", "--help")).isZero();
        assertThat(said()).contains("list", "add", "change", "password", "lock", "unlock", "remove", "command:ACCOUNT");
        assertThat(run("", "add", "--help")).isZero();
        assertThat(said()).contains("--role=ROLE", "--partner=ID", "--ask", "--stdin");
        assertThat(Stream.of(Role.values()).map(Role::word))
                .allSatisfy(role -> assertThat(said()).contains(role));
    }

    @Test
    void takesNoPasswordAsAnArgument() {
        assertThat(run("", "add", "wang.fang", "--role=viewer", "--password=" + SECRET))
                .isEqualTo(2);
        assertThat(said()).contains("Unknown option");
        assertThat(run("", "password", "wang.fang", SECRET)).isEqualTo(2);
        assertThat(said()).contains("Unmatched argument");
    }

    @Test
    void refusesAPasswordThatIsNoneAndNeverTellsIt() {
        assertThat(run("short\n", "password", "wang.fang", "--stdin")).isEqualTo(2);
        assertThat(said())
                .contains("expected 12 characters or more, and 72 bytes at most")
                .doesNotContain("short");
        assertThat(run("", "password", "wang.fang", "--stdin")).isEqualTo(2);
        assertThat(said()).contains("the standard input is empty");
        assertThat(run(SECRET, "password", "wang.fang", "--stdin", "--ask")).isEqualTo(2);
        assertThat(said()).contains("expected --ask or --stdin").doesNotContain(SECRET);
    }

    @Test
    void namesTheRolesWhereOneIsNone() {
        assertThat(run("", "add", "wang.fang", "--role=boss")).isEqualTo(2);
        assertThat(said()).contains("--role: found boss, expected one of [viewer, operator, approver");
        assertThat(run("", "change", "wang.fang")).isEqualTo(2);
        assertThat(said()).contains("expected --role, --partner or --all-partners");
        assertThat(run("", "change", "wang.fang", "--partner=economy", "--all-partners"))
                .isEqualTo(2);
        assertThat(said()).contains("not both");
    }

    @Test
    void saysThatThereIsNoDatabase() {
        assertThat(run(SECRET, "add", "wang.fang", "--role=viewer", "--stdin")).isEqualTo(2);
        assertThat(said()).contains("add was not done: There is no database in", "shuniu.data-dir");
        assertThat(run("", "list", "--json")).isEqualTo(2);
        assertThat(said()).contains("list was not done");
    }

    private int run(String typed, String... words) {
        said.reset();
        PrintStream stream = new PrintStream(said, true, StandardCharsets.UTF_8);
        InputStream in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        String[] settings = {"--shuniu.data-dir=" + nowhere, "--shuniu.secrets-dir=" + nowhere};
        CommandLine line = Commands.line(settings, in, stream, stream);
        return line.execute(Stream.concat(Stream.of("users"), Stream.of(words)).toArray(String[]::new));
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }
}
