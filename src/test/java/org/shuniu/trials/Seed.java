package org.shuniu.trials;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.shuniu.document.CaseTimes;

/** A made-up applicant with a name, a number and a telephone that nothing else in a trial has. */
record Seed(int number, String name, String idNumber, String mobile) {

    static final String NAME_START = "试炼";

    private static final LocalDate FIRST_BIRTH = LocalDate.of(1950, 1, 1);
    private static final int DAYS = 18_000;
    private static final int FIRST_CHARACTER = 0x4E00;
    private static final int CHARACTERS = 5_000;
    private static final String CERTIFICATE =
            "1.2.156.3005.2.11310000MB2F30563U021.113100000024200000.SFZ0000000001.001.2";
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    static Seed of(int number) {
        String birth = FIRST_BIRTH.plusDays(number % DAYS).format(DateTimeFormatter.BASIC_ISO_DATE);
        String seventeen = "310101" + birth + "%03d".formatted(1 + number / DAYS % 999);
        String name = NAME_START + character(number / CHARACTERS) + character(number % CHARACTERS);
        return new Seed(number, name, seventeen + check(seventeen), "1390%07d".formatted(number));
    }

    private static char character(int index) {
        return (char) (FIRST_CHARACTER + index);
    }

    /** The last character by GB 11643. */
    private static char check(String seventeen) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (seventeen.charAt(i) - '0');
        }
        return "10X98765432".charAt(sum % 11);
    }

    String application(String item) {
        return """
            {"itemCode":"%s","applicationTime":"%s","channel":"2","applicant":{"type":"1","name":"%s",\
            "idType":"111","idNumber":"%s","mobile":"%s","division":"310101002"},"form":{"remark":"trial %d"}}\
            """.formatted(item, CaseTimes.write(OffsetDateTime.now()), name, idNumber, mobile, number);
    }

    /** The same with an electronic certificate, which every item of the trials takes. */
    String certified(String item) {
        String plain = application(item);
        return plain.substring(0, plain.lastIndexOf('}')) + ",\"materials\":[{\"name\":\"居民身份证\",\"source\":\"1\","
                + "\"certificate\":{\"type\":\"SFZ\",\"code\":\"" + CERTIFICATE + "\"}}]}";
    }

    static String supplement() {
        return "{\"supplementTime\":\"%s\",\"materials\":[{\"name\":\"申请表\",\"source\":\"3\"}]}"
                .formatted(CaseTimes.write(OffsetDateTime.now()));
    }
}
