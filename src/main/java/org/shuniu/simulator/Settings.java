package org.shuniu.simulator;

/** Refuses a setting that makes no sense and says whose it is to mend. */
final class Settings {
    private Settings() {}

    static void require(boolean sound, String name, Object value, String expected) {
        if (!sound) {
            throw new IllegalArgumentException("Setting shuniu.simulator." + name + ": expected " + expected
                    + ", found " + value + "; the installation's settings are wrong");
        }
    }
}
