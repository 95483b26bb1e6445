package org.shuniu.controlbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.shuniu.delivery.LimitChange;
import org.shuniu.delivery.PartnerLimits;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

class LimitRequestTest {

    private static final String POLICE = "police";
    private static final String RATE = "rate: {per-second: 50, burst: 50}";
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final String END = "2026-11-27T08:00";

    private static Partner agreed;
    private static Partner patient;

    @BeforeAll
    static void read() throws Exception {
        String file = Files.readString(PartnerDirectory.file(Path.of("routes"), POLICE));
        agreed = partner(file);
        patient = partner(file.replace(RATE, RATE + "\n  raise-at-most: 3"));
    }

    private static Partner partner(String file) {
        return PartnerDirectory.look(
                        Path.of("routes"),
                        text -> text.replaceAll("\\$\\{[^\n]*}", "http://127.0.0.1:1"),
                        Map.of(POLICE, file))
                .partners()
                .get(POLICE);
    }

    @Test
    void lowersFreelyAndRaisesAsFarAsTheFileAllows() {
        assertThat(fault(agreed, Map.of("perSecond", "1", "until", END))).isNull();
        assertThat(fault(agreed, Map.of("perSecond", "50", "until", END))).isNull();
        assertThat(fault(agreed, Map.of("perSecond", "51", "until", END))).isEqualTo(LimitRequest.Fault.PER_SECOND);
        assertThat(fault(patient, Map.of("perSecond", "150", "until", END))).isNull();
        assertThat(fault(patient, Map.of("perSecond", "151", "until", END))).isEqualTo(LimitRequest.Fault.PER_SECOND);
        int most = agreed.delivery().parallel();
        assertThat(fault(agreed, Map.of("parallel", "" + most, "until", END))).isNull();
        assertThat(fault(agreed, Map.of("parallel", "" + (most + 1), "until", END)))
                .isEqualTo(LimitRequest.Fault.PARALLEL);
        assertThat(LimitRequest.Fault.PER_SECOND.words(agreed)).contains("from 1 to 50", "partner.yaml");
    }

    @Test
    void namesWhatIsWrong() {
        for (String none : new String[] {"0", "-1", "many", "1.5", "99999999999"}) {
            assertThat(fault(agreed, Map.of("perSecond", none, "until", END)))
                    .as(none)
                    .isEqualTo(LimitRequest.Fault.PER_SECOND);
        }
        assertThat(fault(agreed, Map.of("until", END))).isEqualTo(LimitRequest.Fault.NOTHING);
        assertThat(fault(agreed, Map.of("hours", "never", "until", END))).isEqualTo(LimitRequest.Fault.HOURS);
        for (String until : new String[] {"", "soon", "2026-11-26T20:00", "2026-12-03T20:01"}) {
            assertThat(fault(agreed, Map.of("parallel", "1", "until", until)))
                    .as(until)
                    .isEqualTo(LimitRequest.Fault.UNTIL);
        }
        assertThat(fault(agreed, Map.of("parallel", "1", "until", "2026-12-03T20:00")))
                .isNull();
    }

    @Test
    void closesForATimeWithinTheChange() {
        assertThat(closed("", "2026-11-27T07:00")).isNull();
        assertThat(closed("2026-11-27T06:00", "2026-11-27T08:00")).isNull();
        assertThat(closed("2026-11-27T06:00", "2026-11-27T08:01")).isEqualTo(LimitRequest.Fault.CLOSED);
        assertThat(closed("2026-11-27T07:00", "2026-11-27T07:00")).isEqualTo(LimitRequest.Fault.CLOSED);
        assertThat(closed("2026-11-26T08:00", "2026-11-26T09:00")).isEqualTo(LimitRequest.Fault.CLOSED);
        assertThat(closed("", "")).isEqualTo(LimitRequest.Fault.CLOSED);
        assertThat(closed("at noon", "2026-11-27T07:00")).isEqualTo(LimitRequest.Fault.CLOSED);
    }

    @Test
    void becomesAChangeInWordsOfTheCitysTime() {
        LimitChange change = LimitRequest.of(
                        Map.of("perSecond", "5", "hours", "closed", "closedTo", "2026-11-26T13:30:00Z", "until", END))
                .check(agreed, "anna", "they asked for it", NOW)
                .change();

        assertThat(change.words())
                .isEqualTo("5 a second, closed from 2026-11-26T20:00+08:00 to 2026-11-26T21:30+08:00"
                        + " until 2026-11-27T08:00+08:00");
        assertThat(PartnerLimits.of(agreed.delivery(), change))
                .isEqualTo(new PartnerLimits(
                        Optional.of(new DeliveryPolicy.Rate(5, 5)),
                        agreed.delivery().parallel()));
    }

    @Test
    void countsOnlyAsFarAsTheFileAllowsByNow() {
        LimitChange change = LimitRequest.of(Map.of("perSecond", "150", "until", END))
                .check(patient, "anna", "they asked for it", NOW)
                .change();

        assertThat(PartnerLimits.of(patient.delivery(), change).rate()).contains(new DeliveryPolicy.Rate(150, 50));
        assertThat(PartnerLimits.of(agreed.delivery(), change).rate()).contains(new DeliveryPolicy.Rate(50, 50));
    }

    private static LimitRequest.Fault closed(String from, String to) {
        Map<String, String> fields = new HashMap<>(Map.of("hours", "closed", "until", END));
        fields.put("closedFrom", from);
        fields.put("closedTo", to);
        return fault(agreed, fields);
    }

    private static LimitRequest.Fault fault(Partner partner, Map<String, String> fields) {
        return LimitRequest.of(fields)
                .check(partner, "anna", "they asked for it", NOW)
                .fault();
    }
}
