package org.shuniu.workbench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.check.ContractCheck;
import org.shuniu.codec.Garbled;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Coverage;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.EditedMapping;
import org.shuniu.mapping.Effort;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Explanation;
import org.shuniu.mapping.MappingFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** One draft on its sample, as far as the draft can be read. */
final class Tryout {

    private static final String OUT = ".out";

    private final Path inForce;
    private final Path written;
    private final Catalogue catalogue;
    private final Draft draft;
    private final EditedMapping edited;
    private final String difference;
    private final TrialRows rows;

    /**
     * Prepares it.
     *
     * @param inForce folder of the mappings by which the hub translates
     * @param written folder of the mappings where people write them, with their examples
     * @param difference of the draft from the files in force
     */
    Tryout(Path inForce, Path written, Catalogue catalogue, Draft draft, EditedMapping edited, String difference) {
        this.inForce = inForce;
        this.written = written;
        this.catalogue = catalogue;
        this.draft = draft;
        this.edited = edited;
        this.difference = difference;
        this.rows = new TrialRows(draft.text(), draft.file(), edited.faults());
    }

    Trial trial() {
        if (!edited.translates()) {
            return untried("", "");
        }
        if (draft.sample().text().isBlank()) {
            return untried("no-source", "");
        }
        try {
            return tried(message(draft.sample()), context(draft.sample()));
        } catch (JacksonException malformed) {
            return untried("source", malformed.getOriginalMessage());
        } catch (Garbled | IllegalArgumentException malformed) {
            return untried("source", malformed.getMessage());
        }
    }

    private Trial untried(String problem, String detail) {
        return new Trial(
                problem,
                detail,
                edited.faults(),
                edited.left(),
                rows.of(List.of()),
                "",
                "",
                Coverage.UNKNOWN,
                edited.codes(Coverage.UNKNOWN, draft.sample().day()),
                List.of(),
                List.of(),
                difference);
    }

    private JsonNode message(Sample sample) {
        return sample.isRead() || isOutgoing() ? StrictJson.object(sample.text()) : edited.message(sample.text());
    }

    private static JsonNode context(Sample sample) {
        return sample.context().isBlank() ? Examples.CONTEXT : StrictJson.object(sample.context());
    }

    private boolean isOutgoing() {
        return draft.mapping().endsWith(OUT);
    }

    private Trial tried(JsonNode message, JsonNode context) {
        Explanation explained = explained(message, context);
        Contract contract = contract();
        LocalDate day = draft.sample().day();
        Coverage coverage = edited.coverage(message, catalogue, contract, day);
        return new Trial(
                "",
                "",
                edited.faults(),
                edited.left(),
                rows.of(explained.rows()),
                explained.outcome(),
                explained.result(),
                coverage,
                edited.codes(coverage, day),
                agreed(contract),
                examples(),
                difference);
    }

    private Explanation explained(JsonNode message, JsonNode context) {
        try {
            return edited.explain(message, context, Days.of(draft.sample().day()));
        } catch (AnswerGarbled | MappingFailed | IllegalArgumentException | Effort.Spent told) {
            return new Explanation(List.of(), String.valueOf(told.getMessage()), "");
        } catch (RuntimeException | StackOverflowError unforeseen) {
            // The message of such a failure may quote values.
            String what = unforeseen.getClass().getSimpleName();
            return new Explanation(List.of(), "the mapping failed: " + what, "");
        }
    }

    /** What was agreed with the partner, if anything was; what is wrong with that is said by the command {@code check}. */
    private @Nullable Contract contract() {
        Path file = ContractFile.of(inForce, draft.partner());
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return ContractFile.read(file, new ArrayList<>()).orElse(null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private List<Fault> agreed(@Nullable Contract contract) {
        String document = draft.mapping().substring(0, draft.mapping().lastIndexOf('.'));
        return contract != null && isOutgoing() && Contract.DOCUMENTS.contains(document)
                ? ContractCheck.unwritten(inForce, contract, document, edited.mappings())
                : List.of();
    }

    private List<Trial.Example> examples() {
        Examples examples = new Examples(written, edited.mappings());
        return examples.of(draft.partner(), draft.mapping()).stream()
                .map(example -> ended(examples, example))
                .toList();
    }

    private static Trial.Example ended(Examples examples, Examples.Example example) {
        try {
            return new Trial.Example(example.name(), examples.translate(example).asItsTargetSays(), "");
        } catch (MappingFailed | AnswerGarbled | Garbled | IllegalArgumentException | Effort.Spent failed) {
            return new Trial.Example(example.name(), false, String.valueOf(failed.getMessage()));
        } catch (RuntimeException | StackOverflowError unforeseen) {
            return new Trial.Example(
                    example.name(), false, unforeseen.getClass().getSimpleName());
        }
    }
}
