package org.shuniu.conformance;

/** Where the office's words are taken, something lies that is not about a case that was made up here. It is left there. */
final class SomebodyElses extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SomebodyElses(String why) {
        super(why);
    }
}
