package org.shuniu.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Authorities, certificates and keys in a folder, made by openssl as partners make them. */
public final class Openssl {

    private Openssl() {}

    /** {@code NAME.pem} and {@code NAME.key}. */
    public static void authority(Path folder, String name) {
        run(
                folder,
                "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=%1$s -keyout %1$s.key -out %1$s.pem"
                        .formatted(name));
    }

    /** {@code NAME.crt} and {@code NAME.key}, for 20 days. */
    public static void certificate(Path folder, String name, String authority, String usage) {
        try {
            Files.writeString(
                    folder.resolve(name + ".ext"),
                    "extendedKeyUsage=%s\nsubjectAltName=IP:127.0.0.1\n".formatted(usage));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        run(
                folder,
                "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr"
                        .formatted(name));
        run(
                folder,
                "x509 -req -in %1$s.csr -CA %2$s.pem -CAkey %2$s.key -CAcreateserial -days 20 -extfile %1$s.ext -out %1$s.crt"
                        .formatted(name, authority));
    }

    /** Runs it, which must end well. */
    public static void run(Path folder, String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
