package org.shuniu.conformance;

import org.shuniu.conformance.Heard.Meaning;

/**
 * What a trial came to.
 *
 * @param came what was seen, or why the trial says nothing about this office; without anything that a person said
 */
record Judgement(End end, String came, Whose whose) {

    static Judgement passed(String came) {
        return new Judgement(End.PASSED, came, Whose.NOBODY);
    }

    static Judgement failed(Whose whose, String came) {
        return new Judgement(End.FAILED, came, whose);
    }

    static Judgement notApplicable(String reason) {
        return new Judgement(End.NOT_APPLICABLE, reason, Whose.NOBODY);
    }

    /** Of a message that had to be taken: whoever decides against it has taken it too. */
    static Judgement taken(Heard heard) {
        if (heard.is(Meaning.TAKEN) || heard.is(Meaning.REFUSED) && heard.isDecision()) {
            return heard.misfit() == null
                    ? passed(heard.said())
                    : failed(Whose.EITHER, heard.said() + ", and " + heard.misfit());
        }
        return switch (heard.meaning()) {
            case TAKEN, REFUSED, INVALID, NEVER_RECEIVED, SILENT -> failed(Whose.OFFICE, heard.said());
            case UNAVAILABLE -> failed(Whose.NETWORK, heard.said());
            case CREDENTIALS_REFUSED, UNCLEAR -> failed(Whose.EITHER, heard.said());
        };
    }

    /** Of a message that had to be sent back as one that is not as agreed. */
    static Judgement sentBack(Heard heard) {
        return switch (heard.meaning()) {
            case INVALID -> passed(heard.said());
            case TAKEN -> failed(Whose.OFFICE, "it took it: " + heard.said());
            case REFUSED ->
                failed(Whose.OFFICE, "it decided against it, and the applicant would be told so: " + heard.said());
            case UNAVAILABLE -> failed(Whose.EITHER, "it would be sent again and again: " + heard.said());
            case SILENT -> failed(Whose.OFFICE, "nobody would know that it was not worked: " + heard.said());
            case NEVER_RECEIVED, CREDENTIALS_REFUSED, UNCLEAR -> failed(Whose.EITHER, heard.said());
        };
    }

    boolean isPassed() {
        return end == End.PASSED;
    }
}
