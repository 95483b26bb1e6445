package org.shuniu.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** The instructions of the image's file. */
final class Dockerfile {

    static final Path FILE = Compose.FOLDER.resolve("Dockerfile");

    private static final Pattern VERSION = Pattern.compile("eclipse-temurin:(\\d+)-jre AS hub");

    /**
     * One instruction.
     *
     * @param stage name of the stage that it stands in; empty in the last one
     * @param name such as RUN
     * @param text what follows the name, on one line
     */
    record Instruction(String stage, String name, String text) {}

    private final List<Instruction> instructions = new ArrayList<>();

    Dockerfile() {
        String stage = "";
        for (String line :
                text().replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R *", "").split("\\R+")) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("FROM")) {
                stage = words[1].contains(" AS ") ? words[1].replaceFirst(".* AS ", "") : "";
            }
            instructions.add(new Instruction(stage, words[0], words[1]));
        }
    }

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a stage's only instruction of this name says. */
    String only(String stage, String name) {
        List<Instruction> found = instructions.stream()
                .filter(instruction ->
                        instruction.stage().equals(stage) && instruction.name().equals(name))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("Expected one %s in stage '%s', found %s".formatted(name, stage, found));
        }
        return found.get(0).text();
    }

    /** The command that the image runs. */
    List<String> entrypoint() {
        return words(only("", "ENTRYPOINT"));
    }

    /** The command by which the image is found to be healthy. */
    List<String> healthcheck() {
        return words(only("", "HEALTHCHECK").replaceFirst(".*? CMD ", ""));
    }

    private static List<String> words(String json) {
        List<String> words = new ArrayList<>();
        JsonMapper.shared().readTree(json).forEach(word -> words.add(word.stringValue()));
        return words;
    }

    /** Of the Java that the hub runs on. */
    int javaVersion() {
        Matcher version = VERSION.matcher(text());
        if (!version.find()) {
            throw new AssertionError("Expected %s in %s".formatted(VERSION, FILE));
        }
        return Integer.parseInt(version.group(1));
    }
}
