package org.shuniu.trials;

import org.junit.jupiter.api.Test;

/** The same message again and again. */
class DuplicateTrial {

    @Test
    void takesOneOfManyEqualMessages() throws Exception {
        Duplicates.storm("F28", Trial.count(100, 10));
    }

    @Test
    void recognisesWhatItTookMoreThanAYearAgo() {
        Duplicates.afterMoreThanAYear("F29", Trial.count(1000, 30));
    }
}
