package org.shuniu.conformance;

/**
 * One thing that an office was agreed to do, or not to do.
 *
 * @param id such as {@code application/without-mobile}
 * @param waits how often a decision may have to be waited for
 */
record Trial(String id, String expected, int waits, Act act) {

    /** Does it, and says what came of it. */
    interface Act {
        Judgement run(Office office) throws InterruptedException;
    }

    static Trial of(String id, String expected, Act act) {
        return new Trial(id, expected, 0, act);
    }

    /** One that nobody needs to run. */
    static Trial notApplicable(String id, String expected, String reason) {
        return new Trial(id, expected, 0, office -> Judgement.notApplicable(reason));
    }

    Trial waiting(int times) {
        return new Trial(id, expected, times, act);
    }
}
