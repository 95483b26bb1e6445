package org.shuniu.simulator;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;

/** A person who does not exist: everyday names put together by chance, and a telephone number nobody has. */
record FictionalPerson(String name, String idNumber, String sex, LocalDate birth, String mobile, String division) {
    private static final List<String> SURNAMES =
            List.of("赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨", "欧阳", "诸葛");
    private static final List<String> GIVEN_NAMES =
            List.of("试一", "试二", "样例", "示例", "模拟", "演练", "习文", "仿真", "拟人", "虚构", "甲乙", "丙丁", "戊己", "测测");
    private static final List<String> AREAS =
            List.of("310101", "310104", "310105", "310106", "310107", "310109", "310110", "310115");
    private static final List<String> STREETS =
            List.of("310101002", "310101013", "310105010", "310109014", "310113003", "310115013");
    private static final List<String> MOBILE_STARTS = List.of("130", "135", "138", "139", "150", "186");
    private static final LocalDate OLDEST = LocalDate.of(1940, 1, 1);
    private static final LocalDate YOUNGEST = LocalDate.of(2005, 12, 31);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";

    static FictionalPerson by(Random random) {
        LocalDate birth = LocalDate.ofEpochDay(random.nextLong(OLDEST.toEpochDay(), YOUNGEST.toEpochDay() + 1));
        int order = random.nextInt(1, 1000);
        String body = any(AREAS, random) + birth.format(DAY) + "%03d".formatted(order);
        return new FictionalPerson(
                any(SURNAMES, random) + any(GIVEN_NAMES, random),
                body + checkCharacter(body),
                order % 2 == 1 ? "1" : "2",
                birth,
                any(MOBILE_STARTS, random) + "0000" + "%04d".formatted(random.nextInt(10_000)),
                any(STREETS, random));
    }

    String birthDate() {
        return birth.format(DAY);
    }

    /** The last character of an identity number by GB 11643. */
    static char checkCharacter(String seventeenDigits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * Character.digit(seventeenDigits.charAt(i), 10);
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
