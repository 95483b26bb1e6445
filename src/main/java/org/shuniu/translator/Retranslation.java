package org.shuniu.translator;

import java.time.LocalDate;
import org.shuniu.delivery.Attempt;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.PastVersions;

/**
 * Writes once more what a receiver got, by the versions that were recorded with it. What is written is kept by nobody: of what has
 * changed since, such as the status of the case and copies of certificates, it has what is there now.
 */
public final class Retranslation {

    private final Writing writing;
    private final PastVersions past;

    public Retranslation(PartnerDirectory partners, Mappings mappings, PastVersions past) {
        this.writing = new Writing(partners, mappings);
        this.past = past;
    }

    /**
     * The document as it was written for its receiver.
     *
     * @param translation the number of what wrote it
     * @param since the day from which on its tables are as they were then
     * @param left the day on which it left: it shows no more than was allowed then
     * @throws org.shuniu.mapping.MappingFailed when those versions are not kept, or can't be read by this hub any more
     */
    public Rendered of(Attempt attempt, int translation, LocalDate since, LocalDate left) {
        PastVersions.Past by = past.of(translation);
        LocalDate ofCase = LocalDate.ofInstant(attempt.file().receivedAt(), CaseTimes.SHANGHAI);
        LocalDate day = since.isAfter(ofCase) ? since : ofCase;
        return writing.again(attempt, by.mappings(), by.catalogue(), day, left);
    }
}
