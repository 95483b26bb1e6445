package org.shuniu.docker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The instructions of the image's file. */
final class Dockerfile {

    /** The stage that has no name: the image itself. */
    static final String IMAGE = "";

    private static final String NAMED = " AS ";

    /**
     * One instruction.
     *
     * @param stage name of the stage that it stands in
     * @param name such as RUN
     * @param text what follows the name, on one line
     */
    private record Instruction(String stage, String name, String text) {}

    private final List<Instruction> instructions = new ArrayList<>();

    Dockerfile() {
        String stage = IMAGE;
        String text = text().replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R *", "");
        for (String line : text.split("\\R+")) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("FROM")) {
                stage = words[1].contains(NAMED) ? words[1].replaceFirst(".*" + NAMED, "") : IMAGE;
            }
            instructions.add(new Instruction(stage, words[0], words[1]));
        }
    }

    private static String text() {
        try {
            return Files.readString(Compose.FOLDER.resolve("Dockerfile"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Stream<Instruction> all(String name) {
        return instructions.stream().filter(instruction -> instruction.name().equals(name));
    }

    /** What a stage's only instruction of this name says. */
    String only(String stage, String name) {
        List<Instruction> found = all(name)
                .filter(instruction -> instruction.stage().equals(stage))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("Expected one %s in stage '%s', found %s".formatted(name, stage, found));
        }
        return found.get(0).text();
    }

    /** The images of elsewhere that it stands on. */
    List<String> foreignImages() {
        List<String> stages = instructions.stream().map(Instruction::stage).toList();
        return all("FROM")
                .map(instruction -> instruction.text().split(" ")[0])
                .filter(image -> !stages.contains(image))
                .toList();
    }

    /** What it takes of the checkout. */
    List<String> copiedFromCheckout() {
        return all("COPY")
                .map(instruction -> instruction.text().split(" ")[0])
                .filter(source -> !source.startsWith("--from"))
                .toList();
    }

    /** The command that the image runs. */
    List<String> entrypoint() {
        return words(only(IMAGE, "ENTRYPOINT"));
    }

    /** The command by which the image is found to be healthy. */
    List<String> healthcheck() {
        return words(only(IMAGE, "HEALTHCHECK").replaceFirst(".*? CMD ", ""));
    }

    private static List<String> words(String json) {
        List<String> words = new ArrayList<>();
        JsonMapper.shared().readTree(json).forEach(word -> words.add(word.stringValue()));
        return words;
    }

    /** Of the Java that the hub runs on. */
    int javaVersion() {
        return Integer.parseInt(only("hub", "FROM").replaceFirst("eclipse-temurin:(\\d+)-jre.*", "$1"));
    }
}
