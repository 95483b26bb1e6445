package org.shuniu.scenario;

/** Identifiers of certificates that nobody has. */
final class Certificates {

    private static final String TYPE = "11310000MB2F30563U021";
    private static final String ISSUER = "113100000024200000";
    private static final String VERSION = "001";
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private Certificates() {}

    static String code(String serial) {
        return "1.2.156.3005.2.%s.%s.%s.%s.%s"
                .formatted(TYPE, ISSUER, serial, VERSION, check(TYPE + ISSUER + serial + VERSION));
    }

    static String material(String type, String code) {
        return "{\"name\":\"居民身份证\",\"source\":\"1\",\"certificate\":{\"type\":\"%s\",\"code\":\"%s\"}}"
                .formatted(type, code);
    }

    /** ISO 7064 MOD 37,36, written down again. */
    private static char check(String parts) {
        int product = 36;
        for (char one : parts.toCharArray()) {
            int sum = (product + ALPHABET.indexOf(one)) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return ALPHABET.charAt((37 - product) % 36);
    }
}
