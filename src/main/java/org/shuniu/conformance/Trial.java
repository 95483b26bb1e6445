package org.shuniu.conformance;

/**
 * One thing that an office was agreed to do, or not to do.
 *
 * @param id such as {@code application/without-mobile}
 * @param waits how often a word of the office may have to be waited for
 * @param alone whether nothing else may be tried at the same time, because it could spoil that
 */
record Trial(String id, String expected, int waits, boolean alone, Act act) {

    /** Does it, and says what came of it. */
    interface Act {
        Judgement run(Office office) throws InterruptedException;
    }

    static Trial of(String id, String expected, Act act) {
        return new Trial(id, expected, 0, false, act);
    }

    /** One that nobody needs to run. */
    static Trial notApplicable(String id, String expected, String reason) {
        return new Trial(id, expected, 0, false, office -> Judgement.notApplicable(reason));
    }

    Trial waiting(int times) {
        return new Trial(id, expected, times, alone, act);
    }

    Trial byItself() {
        return new Trial(id, expected, waits, true, act);
    }
}
