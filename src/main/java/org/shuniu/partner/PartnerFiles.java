package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the partners' files ask of an installation, read before anything is started: secrets and settings by name. */
public final class PartnerFiles {

    private static final Pattern SECRET = Pattern.compile(
            "(?m)(?:client-secret|app-secret|payload-key|token|password|private-key): *([a-z][a-z0-9-]*)");
    private static final Pattern SETTING = Pattern.compile("\\$\\{(shuniu\\.partners\\.[a-z0-9.-]+?)[:}]");

    private final Path routes;

    public PartnerFiles(Path routes) {
        this.routes = routes;
    }

    /** The partners' ids, which are the folders' names. */
    public List<String> ids() {
        return files().stream()
                .map(file -> file.getParent().getFileName().toString())
                .toList();
    }

    /** Partners that hand in applications. */
    public List<String> senders() {
        return ids().stream()
                .filter(id -> Files.exists(routes.resolve(id).resolve("receive-application.camel.yaml")))
                .toList();
    }

    /** Names of the secrets with which the hub shows itself to partners. */
    public Set<String> secrets() {
        return found(SECRET);
    }

    /** Names of the settings that partners' files leave to the installation. */
    public Set<String> settings() {
        return found(SETTING);
    }

    private Set<String> found(Pattern pattern) {
        return files().stream()
                .map(PartnerFiles::read)
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Path> files() {
        if (!Files.isDirectory(routes)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(routes, 2)) {
            return files.filter(file -> file.endsWith("partner.yaml")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
