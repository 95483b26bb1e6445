package org.shuniu.command;

/** What stands on the command line can be read and makes no sense; the message says what was found and what was expected. */
final class Unclear extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unclear(String why) {
        super(why, null, false, false);
    }
}
