package org.shuniu.bench.load;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ThreadLocalRandom;

/** Makes up applications of two kilobytes, each of another person who does not exist. */
public final class Applications {

    static final int BYTES = 2048;

    private static final String HEAD = """
            {%s"itemCode":"312000250000","applicationTime":"%s","channel":"2","applicant":{"type":"1","name":"测试甲乙",\
            "idType":"111","idNumber":"%s","sex":"1","birthDate":"%s","mobile":"1390000%04d","division":"310101002",\
            "address":"南京东路街道示例路一号"},"form":{"purpose":"本人使用","remark":"用于网上办事","notes":[""";
    private static final String TAIL = """
            ]},"materials":[{"name":"居民身份证","source":"1"},{"name":"申请表","source":"1"}]}""";
    private static final String NOTE = "\"The applicant declares that what this form says is true.\"";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final ZoneId CITY = ZoneId.of("Asia/Shanghai");
    private static final LocalDate OLDEST = LocalDate.of(1940, 1, 1);
    private static final int DAYS = 22_000;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private Applications() {}

    /** One of them. */
    public static byte[] next() {
        return next("", BYTES).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The same of another size.
     *
     * @param first fields that come first, each with a comma behind it
     */
    public static String next(String first, int bytes) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String birth = OLDEST.plusDays(random.nextInt(DAYS)).format(DateTimeFormatter.BASIC_ISO_DATE);
        String head = HEAD.formatted(
                first, LocalDateTime.now(CITY).format(TIME), idNumber(birth, random), birth, random.nextInt(10_000));
        StringBuilder text = new StringBuilder(head).append(NOTE);
        int room = bytes
                - head.getBytes(StandardCharsets.UTF_8).length
                - NOTE.length()
                - TAIL.getBytes(StandardCharsets.UTF_8).length;
        while (room > 2 * NOTE.length()) {
            text.append(',').append(NOTE);
            room -= NOTE.length() + 1;
        }
        text.append(",\"").append("-".repeat(room - 3)).append('"').append(TAIL);
        return text.toString();
    }

    private static String idNumber(String birth, ThreadLocalRandom random) {
        String body = "310101" + birth + "%03d".formatted(2 * random.nextInt(500) + 1);
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (body.charAt(i) - '0');
        }
        return body + "10X98765432".charAt(sum % 11);
    }
}
