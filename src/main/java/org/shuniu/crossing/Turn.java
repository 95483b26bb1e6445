package org.shuniu.crossing;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFile;

/**
 * Who has to act in a case that two regions share.
 *
 * @param here whether the holder is on this side: an applicant is where the case was handed in
 * @param office a partner's id or a centre's code; of the other side what it has said, or null
 */
record Turn(Holder holder, boolean here, @Nullable String office) {

    enum Holder {
        OFFICE,
        APPLICANT,
        NOBODY;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Codes of set {@code hub} of case-status.csv. */
    private static final Set<String> AT_APPLICANT = Set.of("00", "12", "14", "42", "50", "70");

    private static final Set<String> BEFORE_DECIDER = Set.of("10", "11", "20", "21");
    private static final Set<String> AT_DECIDER = Set.of("30", "40", "41", "51", "99");

    /**
     * @param ours whether it was handed in here
     * @param region the other side
     * @param theirOffice the office that the other side last named
     */
    static Turn of(CaseFile file, boolean ours, String region, @Nullable String theirOffice) {
        if (AT_APPLICANT.contains(file.status())) {
            return new Turn(Holder.APPLICANT, ours, null);
        }
        if (BEFORE_DECIDER.contains(file.status())) {
            return new Turn(Holder.OFFICE, true, file.responsible());
        }
        boolean there = ours && file.receiver().equals(region);
        if (AT_DECIDER.contains(file.status())) {
            return there ? new Turn(Holder.OFFICE, false, theirOffice) : new Turn(Holder.OFFICE, true, file.receiver());
        }
        // Of a case that several offices decide, the other side's may go on when this side's is through.
        return !ours && theirOffice != null
                ? new Turn(Holder.OFFICE, false, theirOffice)
                : new Turn(Holder.NOBODY, true, null);
    }
}
