package org.shuniu.store;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A step on the way of a case's paper from the centre that received it to the home centre (收受分离).
 *
 * <p>The case says where the paper is: at one of the two centres, or at none while it is on its way.
 */
public enum PaperStep {
    /** The receiving centre gave it away. */
    POSTED,
    ON_ITS_WAY,
    ARRIVED,
    /** It came back to the centre that received it. */
    RETURNED,
    /** The courier does not take it. */
    REFUSED;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the life of a case calls the step. */
    public String event() {
        return "paper-" + word();
    }

    public static Optional<PaperStep> of(String word) {
        return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst();
    }

    /** The case after the step; empty where the step does not follow from where the paper is. */
    public Optional<CaseFile> next(CaseFile file) {
        if (!file.separated()) {
            return Optional.empty();
        }
        String at = file.paperCentre();
        boolean follows = switch (this) {
            case POSTED -> file.receivingCentre().equals(at);
            case ON_ITS_WAY, RETURNED, REFUSED -> at == null;
            case ARRIVED -> !file.receivingCentre().equals(at);
        };
        return follows ? Optional.of(file.withPaperAt(place(file))) : Optional.empty();
    }

    private String place(CaseFile file) {
        return switch (this) {
            case POSTED, ON_ITS_WAY -> null;
            case ARRIVED -> file.acceptingCentre();
            case RETURNED, REFUSED -> file.receivingCentre();
        };
    }
}
