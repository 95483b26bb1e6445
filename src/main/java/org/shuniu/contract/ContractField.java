package org.shuniu.contract;

import java.util.List;
import java.util.Optional;

/**
 * A field of what a department gets.
 *
 * @param name as the department has it
 * @param source where the hub finds it, as rows of a mapping name it: {@code document.applicant.name}
 * @param most characters; of a line of fixed width, bytes
 * @param functions on its text, as in mappings/README.md
 * @param codes the code table by which it is written
 * @param date the pattern by which a time is written
 * @param label what people call it, and columns of files too
 */
public record ContractField(
        String name,
        String source,
        int most,
        boolean required,
        List<String> functions,
        Optional<String> codes,
        Optional<String> date,
        String label) {

    /** The papers of a case, of which a department gets a list or, where a field is one text, their names. */
    public static final String PAPERS = "document.materials";

    public ContractField {
        functions = List.copyOf(functions);
    }

    /** The field in which the department finds the hub's id of a message. */
    public boolean isMessageId() {
        return source.equals("message.id");
    }

    /** The field in which it finds the number of the case. */
    public boolean isCaseNo() {
        return source.equals("case.caseNo");
    }

    public boolean isPapers() {
        return source.equals(PAPERS);
    }
}
