package org.shuniu.conformance;

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

    /** Of a message that had to be taken. */
    static Judgement taken(Heard heard) {
        return switch (heard.meaning()) {
            case TAKEN ->
                heard.misfit() == null
                        ? passed(heard.said())
                        : failed(Whose.EITHER, heard.said() + ", and " + heard.misfit());
            case REFUSED, INVALID, NEVER_RECEIVED -> failed(Whose.OFFICE, heard.said());
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
            case NEVER_RECEIVED, CREDENTIALS_REFUSED, UNCLEAR -> failed(Whose.EITHER, heard.said());
        };
    }

    boolean isPassed() {
        return end == End.PASSED;
    }
}
