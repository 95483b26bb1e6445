package org.shuniu.conformance;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.shuniu.contract.ContractFile;
import org.shuniu.document.CaseTimes;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import org.shuniu.partner.DurableFiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * That an office's test system did all that was agreed, in {@code mappings/<partner>/conformance.yaml}: data for review, which belongs
 * to the files that it was passed with.
 *
 * @param passed when, with the offset of the city's clocks
 * @param host where the test system was
 */
public record RecordedPass(String partner, String passed, String host, Digests digests, List<Line> trials) {

    /**
     * One trial.
     *
     * @param reason why it says nothing about this office, where it does not
     */
    record Line(String id, End end, Optional<String> reason) {

        private String text() {
            return reason.map(why -> "  - {id: %s, end: %s, reason: %s}".formatted(quoted(id), end.word(), quoted(why)))
                    .orElseGet(() -> "  - {id: %s, end: %s}".formatted(quoted(id), end.word()));
        }
    }

    private static final String HEAD = """
            # That the office's test system did what contract.yaml says, as far as the command conform can see. Written by it, and
            # never by hand; it counts as long as contract, mappings and code tables are the ones that it names.
            # yaml-language-server: $schema=../conformance.schema.json
            """;

    public RecordedPass {
        trials = List.copyOf(trials);
    }

    /** Where the record of a partner is, if there is one. */
    public static Path file(Path mappings, String partner) {
        return mappings.resolve(partner).resolve(ContractFile.RECORD);
    }

    /**
     * Writes down that all trials were passed.
     *
     * @return the file
     * @throws IllegalArgumentException when one was not
     */
    public static Path write(Path mappings, String partner, String host, List<Tried> trials) throws IOException {
        List<Line> lines = new ArrayList<>();
        for (Tried trial : trials) {
            if (trial.end() == End.FAILED) {
                throw new IllegalArgumentException("%s was not passed, expected all to be".formatted(trial.id()));
            }
            lines.add(new Line(
                    trial.id(),
                    trial.end(),
                    trial.end() == End.NOT_APPLICABLE ? Optional.of(trial.came()) : Optional.empty()));
        }
        RecordedPass record = new RecordedPass(
                partner,
                CaseTimes.dateTime(Instant.ofEpochSecond(Instant.now().getEpochSecond())),
                host,
                Digests.of(mappings.resolve(partner)),
                lines);
        Path file = file(mappings, partner);
        DurableFiles.put(file, record.text());
        return file;
    }

    String text() {
        return HEAD
                + """
                conformance: %s
                passed: %s
                host: %s
                contract: %s
                mappings: %s
                trials:
                %s
                """.formatted(
                                quoted(partner),
                                quoted(passed),
                                quoted(host),
                                quoted(digests.contract()),
                                quoted(digests.mappings()),
                                trials.stream().map(Line::text).collect(Collectors.joining("\n")));
    }

    /** Digests and times would be numbers and times of YAML without. */
    private static String quoted(String text) {
        return JsonMapper.shared().writeValueAsString(text);
    }

    /** What stands for the files that an office is tried with: it must be the same when the trials are over. */
    public static String of(Path mappings, String partner) {
        return Digests.of(mappings.resolve(partner)).toString();
    }

    /** @param faults takes everything that is wrong with it; then there is none */
    static Optional<RecordedPass> read(Path file, List<Fault> faults) throws IOException {
        try {
            String text = Files.readString(file);
            List<Fault> found = new ArrayList<>();
            RecordedPass record =
                    new RecordedPassReader(file, YamlLines.of(text), StrictYaml.read(text), found).record();
            faults.addAll(found);
            return found.isEmpty() ? Optional.of(record) : Optional.empty();
        } catch (JacksonException malformed) {
            faults.add(Fault.ofText(file, malformed));
        } catch (CharacterCodingException otherCharset) {
            faults.add(Fault.ofBytes(file));
        }
        return Optional.empty();
    }
}
