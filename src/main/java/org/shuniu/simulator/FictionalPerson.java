package org.shuniu.simulator;

import java.util.Random;

/** A made-up applicant: the name says so, the number has a right check digit and belongs to nobody's street. */
record FictionalPerson(String name, String idNumber, String mobile) {

    private static final String[] NAMES = {"示例甲", "示例乙", "示例丙", "示例丁", "示例戊", "示例己", "示例庚", "示例辛"};
    private static final String[] DISTRICTS = {"310101", "310104", "310105", "310106", "310110", "310115"};
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    static FictionalPerson of(Random random) {
        String body = DISTRICTS[random.nextInt(DISTRICTS.length)]
                + "%04d%02d%02d".formatted(1940 + random.nextInt(65), 1 + random.nextInt(12), 1 + random.nextInt(28))
                + "%03d".formatted(random.nextInt(1000));
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return new FictionalPerson(
                NAMES[random.nextInt(NAMES.length)],
                body + CHECKS.charAt(sum % 11),
                "1390000%04d".formatted(random.nextInt(10_000)));
    }
}
