package org.shuniu.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import tools.jackson.core.JacksonException;

/** The files of settings beside a hub, and those that its options name; a hub does not start on one that is no YAML. */
final class SettingsFiles {

    private static final Pattern NAMED = Pattern.compile(
            "^--spring\\.config\\.(?:additional-location|location|import)=(?:optional:)?(?:file:)?(.+)$");

    private SettingsFiles() {}

    static List<Fault> malformed(String... options) {
        Stream<Path> beside = Stream.of(Path.of(""), Path.of("config")).flatMap(SettingsFiles::in);
        Stream<Path> named = Stream.of(options)
                .flatMap(option -> NAMED.matcher(option).results())
                .map((MatchResult found) -> Path.of(found.group(1)))
                .flatMap(path -> Files.isDirectory(path) ? in(path) : Stream.of(path))
                .filter(Files::isRegularFile);
        List<Fault> faults = new ArrayList<>();
        Stream.concat(beside, named).forEach(file -> read(file, faults));
        return faults;
    }

    private static Stream<Path> in(Path folder) {
        return Stream.of("application.yaml", "application.yml", "application-production.yaml")
                .map(folder::resolve)
                .filter(Files::isRegularFile);
    }

    private static void read(Path file, List<Fault> faults) {
        try {
            StrictYaml.readAll(Files.readString(file));
        } catch (JacksonException malformed) {
            faults.add(Fault.ofText(file, malformed));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
