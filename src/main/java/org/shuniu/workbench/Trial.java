package org.shuniu.workbench;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.CodesInUse;
import org.shuniu.mapping.Coverage;
import org.shuniu.mapping.ExplainedRow;

/**
 * What came of a draft.
 *
 * @param problem why there is no more of it, as a word of the console; empty where there is none
 * @param detail to the problem, in the words of whoever found it
 * @param faults what is wrong with the texts
 * @param left what they leave behind in other files
 * @param outcome of an answer, which line decides and how; why there is no target; else empty
 * @param target what was written, as examples have it; empty where it could not be
 * @param codes the tables that it uses
 * @param agreed what the contract with the partner asks for and no row writes
 * @param difference from the files in force; empty where there is none
 */
public record Trial(
        String problem,
        String detail,
        List<Fault> faults,
        List<Fault> left,
        List<Row> rows,
        String outcome,
        String target,
        Coverage coverage,
        List<CodesInUse> codes,
        List<Fault> agreed,
        List<Example> examples,
        String difference) {

    /**
     * What one row did, or why it could not be read.
     *
     * @param line in the text
     * @param did null where it could not be read
     * @param faults what is wrong with it
     */
    public record Row(long line, @Nullable ExplainedRow did, List<Fault> faults) {

        public Row {
            faults = List.copyOf(faults);
        }

        /** Whether something must be mended here. */
        public boolean isBad() {
            return did == null || did.end() == ExplainedRow.End.FAILED || !faults.isEmpty();
        }
    }

    /**
     * Whether an example is still translated as its target says.
     *
     * @param failure why it is translated no more; empty where it is
     */
    public record Example(String name, boolean isSame, String failure) {}

    public Trial {
        faults = List.copyOf(faults);
        left = List.copyOf(left);
        rows = List.copyOf(rows);
        codes = List.copyOf(codes);
        agreed = List.copyOf(agreed);
        examples = List.copyOf(examples);
    }

    /** Whether what was written lacks rows that could not be read. */
    public boolean isPartial() {
        return !target.isEmpty() && rows.stream().anyMatch(row -> row.did() == null);
    }

    /** Those that are wrong with one file. */
    public List<Fault> faultsOf(String file) {
        return faults.stream().filter(fault -> fault.file().equals(file)).toList();
    }

    /** Whether anything is wrong in a line of a file. */
    public boolean isFaulty(String file, long line) {
        return faults.stream()
                .anyMatch(fault -> fault.line() == line && fault.file().equals(file));
    }

    /** Nothing of it is known. */
    static Trial none(String problem, String detail) {
        return new Trial(
                problem,
                detail,
                List.of(),
                List.of(),
                List.of(),
                "",
                "",
                Coverage.UNKNOWN,
                List.of(),
                List.of(),
                List.of(),
                "");
    }
}
