package org.shuniu.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.shuniu.access.AccessTokens;

/** Makes the demo's secrets at its first start; a production hub refuses a directory with this class's mark in it. */
public final class DemoSecrets {

    /** The file by which production knows demo secrets. */
    public static final String MARK = ".demo";

    private static final List<String> KEYS = List.of("master-key", "index-key");
    private static final List<String> TOKENS = List.of(
            "acceptance-platform-token",
            "acceptance-platform-callback-token",
            "economy-callback-token",
            "healthcare-security-callback-token",
            "operator-token");
    private static final List<String> PASSWORDS =
            List.of("economy-client-secret", "acceptance-platform-secret", "disabled-federation-database-password");

    private final Path directory;
    private final SecureRandom random = new SecureRandom();

    private DemoSecrets(Path directory) {
        this.directory = directory;
    }

    /** Makes what is missing; what is there stays. */
    public static void make(Path directory) {
        try {
            Files.createDirectories(directory);
            DemoSecrets secrets = new DemoSecrets(directory);
            secrets.write(MARK, "made for the demo; never for production");
            for (String name : KEYS) {
                secrets.write(name, secrets.random(32));
            }
            for (String name : PASSWORDS) {
                secrets.write(name, secrets.random(16));
            }
            for (String name : TOKENS) {
                secrets.write(name, "demo-" + secrets.random(16));
                secrets.write(
                        name + "-sha256",
                        AccessTokens.digest(
                                Files.readString(directory.resolve(name)).strip()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The demo's secrets cannot be written to %s".formatted(directory), failure);
        }
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
        Files.writeString(file, value + "\n");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }
}
