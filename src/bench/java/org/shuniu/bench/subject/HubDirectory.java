package org.shuniu.bench.subject;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The directory a user would start the hub in: routes, mappings, and partners that can take as many calls as the floor makes. */
public final class HubDirectory {

    private static final Path JAR = Path.of("target", "shuniu.jar").toAbsolutePath();
    private static final List<String> PARTNERS = List.of("economy", "acceptance-platform");

    private HubDirectory() {}

    /** Returns what to run after {@code java} and its options; whether the exchange is open is left to say. */
    public static List<String> prepare(Path directory, int port, int partnersPort) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException("Expected the packaged hub at %s; run mvn -Pbench verify".formatted(JAR));
        }
        copy("routes", directory);
        copy("mappings", directory);
        for (String partner : PARTNERS) {
            allowCalls(directory.resolve("routes/%s/partner.yaml".formatted(partner)));
        }
        String partners = "http://127.0.0.1:%d".formatted(partnersPort);
        return new ArrayList<>(List.of(
                "-jar",
                JAR.toString(),
                "--server.port=" + port,
                "--shuniu.simulator.port=" + RunningSubject.freePort(),
                "--shuniu.simulator.sftp.port=" + RunningSubject.freePort(),
                "--shuniu.simulator.listeners.archives=" + RunningSubject.freePort(),
                "--shuniu.simulator.listeners.smpp=" + RunningSubject.freePort(),
                "--shuniu.simulator.traffic.enabled=false",
                "--shuniu.simulator.province.enabled=false",
                "--shuniu.partners.economy.address=" + partners + "/economy",
                "--shuniu.partners.acceptance-platform.address=" + partners + "/acceptance-platform"));
    }

    private static void allowCalls(Path block) throws IOException {
        String text = Files.readString(block).replaceAll("(?m)^  parallel: \\d+\\R", "");
        Files.writeString(
                block, text.replaceFirst("(?m)^delivery:\\R", "$0  parallel: %d\n".formatted(RunningSubject.CALLS)));
    }

    private static void copy(String folder, Path directory) throws IOException {
        Path from = Path.of(folder);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = directory.resolve(folder).resolve(from.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
