package org.shuniu.partner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the partners' files ask of an installation, read before anything is started: secrets and settings by name. */
public final class PartnerFiles {

    private static final Pattern SECRET = Pattern.compile(
            "(?m)(?:client-secret|app-secret|payload-key|token|password|private-key): *([a-z][a-z0-9-]*)");
    private static final Pattern SETTING = Pattern.compile("\\$\\{(shuniu\\.partners\\.[a-z0-9.-]+?)[:}]");

    /** Its settings have defaults as long as it is only prepared, and are checked when it is not. */
    private static final Pattern PREPARED = Pattern.compile("(?m)^connected: *\\$\\{");
    /** Shows a certificate and signs; has no token. */
    private static final Pattern REGION = Pattern.compile("(?m)^protocol: *chx$");

    private static final Pattern SMPP = Pattern.compile("(?m)^protocol: *smpp\\s*$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");

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

    /** Partners that hand in applications with a token. */
    public List<String> senders() {
        return files().stream()
                .filter(file -> Files.exists(file.resolveSibling("receive-application.camel.yaml")))
                .filter(file -> !REGION.matcher(read(file)).find())
                .map(file -> file.getParent().getFileName().toString())
                .toList();
    }

    /** Partners with whose hubs cases are exchanged. */
    public List<String> regions() {
        return files().stream()
                .filter(file -> REGION.matcher(read(file)).find())
                .map(file -> file.getParent().getFileName().toString())
                .toList();
    }

    /** Names of the secrets with which the hub shows itself to partners. */
    public Set<String> secrets() {
        return found(SECRET, text -> true);
    }

    /** Those of them that SMPP takes: a password of 8 bytes at most. */
    public Set<String> shortSecrets() {
        return found(SECRET, text -> SMPP.matcher(text).find());
    }

    /** Names of the settings that partners' files leave to the installation. */
    public Set<String> settings() {
        return found(SETTING, text -> true);
    }

    /** The same, of partners that are only prepared too. */
    public Set<String> allSettings() {
        return found(SETTING, files().stream().map(PartnerFiles::read));
    }

    private Set<String> found(Pattern pattern, Predicate<String> which) {
        return found(
                pattern,
                files().stream()
                        .map(PartnerFiles::read)
                        .filter(text -> !PREPARED.matcher(text).find())
                        .filter(which));
    }

    private static Set<String> found(Pattern pattern, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
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
            return COMMENT.matcher(Files.readString(file)).replaceAll("");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
