package org.shuniu.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.shuniu.access.AccessTokens;
import org.shuniu.partner.PartnerFiles;

/** Makes the demo's secrets at its first start; a production hub refuses a directory with this class's mark in it. */
public final class DemoSecrets {

    /** The file by which production knows demo secrets. */
    public static final String MARK = ".demo";

    /** The users of the demo's console, named by their roles. */
    static final List<String> CONSOLE =
            List.of("administrator", "approver", "auditor", "engineer", "operator", "viewer");

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private DemoSecrets(Path directory) {
        this.directory = directory;
    }

    /** Makes what is missing; what is there stays. */
    public static void make(Path directory, PartnerFiles partners) {
        try {
            Files.createDirectories(directory);
            DemoSecrets secrets = new DemoSecrets(directory);
            secrets.write(MARK, "made for the demo; never for production");
            secrets.write("index-key", secrets.random(32));
            secrets.write("seal-key", secrets.random(32));
            if (!secrets.hasMasterKey()) {
                secrets.write("master-key", secrets.random(32));
            }
            Set<String> ofEightBytes = partners.shortSecrets();
            for (String name : partners.secrets()) {
                secrets.write(name, secrets.random(ofEightBytes.contains(name) ? 4 : 16));
            }
            secrets.token("operator-token");
            secrets.token("operator-second-token");
            secrets.token("engineer-token");
            secrets.token("metrics-token");
            for (String role : CONSOLE) {
                secrets.write("console-%s-password".formatted(role), secrets.random(8));
            }
            for (String partner : partners.ids()) {
                secrets.token(partner + "-token");
                secrets.token(partner + "-callback-token");
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The demo's secrets cannot be written to %s".formatted(directory), failure);
        }
    }

    /** A first key that was removed after its values moved to a later one does not come back. */
    private boolean hasMasterKey() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("master-key"));
        }
    }

    /** The token for whoever calls the hub, and its digest, which is all that the hub reads. */
    private void token(String name) throws IOException {
        write(name, "demo-" + random(16));
        write(
                name + "-sha256",
                AccessTokens.digest(Files.readString(directory.resolve(name)).strip()));
    }

    private String random(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }

    private void write(String name, String value) throws IOException {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
            return;
        }
        keep(file, value + "\n");
    }

    /** Writes what only the hub's own user may read. */
    static void keep(Path file, String text) throws IOException {
        Files.writeString(file, text);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
