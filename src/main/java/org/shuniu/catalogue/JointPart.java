package org.shuniu.catalogue;

import java.time.LocalDate;

/**
 * An office's part in an item that several decide together (多地联办).
 *
 * @param stage offices of one stage work side by side; a stage begins when the one before has passed
 * @param office a department's partner id, or {@link #REGION}
 */
public record JointPart(String item, int part, int stage, String office, LocalDate validFrom, LocalDate validTo)
        implements Dated {

    /** The hub of the province that serves the applicant. */
    public static final String REGION = "region";
}
