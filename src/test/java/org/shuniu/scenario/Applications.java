package org.shuniu.scenario;

import java.time.OffsetDateTime;
import org.shuniu.document.CaseTimes;

/** The applications of the scenarios: one made-up person, items of every kind. */
final class Applications {

    static final String NAME = "测试甲";
    static final String ID_NUMBER = "11010519491231002X";
    static final String MOBILE = "13900000000";

    static final String ECONOMY = "312000250000";
    static final String HEALTHCARE = "312000237000";
    static final String HEALTHCARE_PREREVIEW = "312000377000";
    static final String FEDERATION = "312000660000";
    static final String FEDERATION_TERRITORIAL = "312000374000";

    static final String GRAIN = "312000311000";
    static final String TRADE_UNION = "312099106000";

    static final String CENTRE = "31010100201";
    static final String OTHER_CENTRE = "31010101301";

    private Applications() {}

    static String online(String item) {
        return application(item, "2", "", "");
    }

    static String online(String item, String remark) {
        return application(item, "2", "", ",\"form\":{\"remark\":\"%s\"}".formatted(remark));
    }

    static String atCounter(String item, String more) {
        return application(item, "1", ",\"receivingCentre\":\"%s\"".formatted(CENTRE), more);
    }

    static String application(String item, String channel, String centre, String more) {
        return """
                {"itemCode":"%s","applicationTime":"%s","channel":"%s"%s,"applicant":{"type":"1","name":"%s",\
                "idType":"111","idNumber":"%s","mobile":"%s","division":"310101002"}%s}""".formatted(item, now(), channel, centre, NAME, ID_NUMBER, MOBILE, more);
    }

    static String now() {
        return CaseTimes.write(OffsetDateTime.now());
    }
}
