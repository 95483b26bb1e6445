package org.shuniu.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void putsWhatTookAsLongAsABoundBelowIt() {
        assertThat(Spread.HOURS.slot(0)).isZero();
        assertThat(Spread.HOURS.slot(60)).isZero();
        assertThat(Spread.HOURS.slot(61)).isEqualTo(1);
        assertThat(Spread.HOURS.slot(Duration.ofDays(1_000).toSeconds())).isEqualTo(Spread.HOURS.slots() - 1);
        assertThat(Spread.WORKING_DAYS.slot(10)).isEqualTo(10);
        assertThat(Spread.WORKING_DAYS.slot(11)).isEqualTo(Spread.WORKING_DAYS.slot(12));
    }

    @Test
    void saysWithinWhatAShareCame() {
        long[] counts = new long[Spread.WORKING_DAYS.slots()];
        for (int days = 1; days <= 10; days++) {
            counts[Spread.WORKING_DAYS.slot(days)]++;
        }

        assertThat(Spread.WORKING_DAYS.within(counts, 0.5)).isEqualTo(new Spread.Within(5, false));
        assertThat(Spread.WORKING_DAYS.within(counts, 0.9)).isEqualTo(new Spread.Within(9, false));
        counts[Spread.WORKING_DAYS.slots() - 1] += 10;
        assertThat(Spread.WORKING_DAYS.within(counts, 0.9)).isEqualTo(new Spread.Within(90, true));
    }

    @Test
    void saysNothingOfNone() {
        assertThat(Spread.HOURS.within(new long[Spread.HOURS.slots()], 0.5)).isNull();
    }

    @Test
    void addsUpToTheSpreadOfAll() {
        Figures one = withOneDay(2);
        Figures another = withOneDay(9);

        Figures both = one.plus(another).plus(one);

        assertThat(both.daysOf(0.5)).isEqualTo(new Spread.Within(2, false));
        assertThat(both.daysOf(0.9)).isEqualTo(new Spread.Within(9, false));
        assertThat(one.daysOf(0.9)).isEqualTo(new Spread.Within(2, false));
    }

    private static Figures withOneDay(int days) {
        long[] counts = new long[Spread.WORKING_DAYS.slots()];
        counts[Spread.WORKING_DAYS.slot(days)] = 1;
        return new Figures(0, 1, 0, 0, 1, 0, days, 0, new long[Spread.HOURS.slots()], counts);
    }
}
