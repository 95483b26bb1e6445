package org.shuniu.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.shuniu.console.LocalUsers;
import picocli.CommandLine.Option;

/** Where a user's new password comes from; never from an argument, which everybody on the machine can read. */
final class NewPassword {

    @Option(
            names = "--ask",
            description =
                    "asks for the password at the terminal, twice and unseen; by default one is made and told once")
    private boolean ask;

    @Option(names = "--stdin", description = "takes the first line of the standard input as the password")
    private boolean stdin;

    /** @throws IllegalArgumentException when none, or a bad one, is given */
    String from(InputStream in) throws IOException {
        if (ask && stdin) {
            throw new Unclear("expected --ask or --stdin, or none of both");
        }
        String password = ask ? asked() : stdin ? read(in) : LocalUsers.newPassword();
        if (!LocalUsers.isGood(password)) {
            throw new IllegalArgumentException("a password was given that is none, expected " + LocalUsers.good());
        }
        return password;
    }

    private static String read(InputStream in) throws IOException {
        String line = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw new IllegalArgumentException(
                    "--stdin: the standard input is empty, expected a line with the password");
        }
        return line;
    }

    private static String asked() {
        Console terminal = System.console();
        if (terminal == null) {
            throw new IllegalArgumentException("--ask: there is no terminal, expected one, or --stdin");
        }
        char[] once = terminal.readPassword("New password, %s: ", LocalUsers.good());
        char[] again = terminal.readPassword("The same again: ");
        if (once == null || !Arrays.equals(once, again)) {
            throw new IllegalArgumentException("--ask: two passwords were typed, expected the same twice");
        }
        return new String(once);
    }

    /** Tells one that nobody knows yet. */
    void tell(String name, String password, PrintStream out) {
        if (!ask && !stdin) {
            out.printf("The password of %s, told this once: %s%n", name, password);
        }
        out.printf("%s makes a password of his or her own at the next login.%n", name);
    }
}
