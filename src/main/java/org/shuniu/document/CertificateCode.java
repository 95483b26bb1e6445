package org.shuniu.document;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The identifier of an electronic certificate by GB/T 36902: the national prefix, then type, issuer, serial, version and a check
 * character by ISO 7064 MOD 37,36 over the four, without their dots.
 */
record CertificateCode(String text) {
    private static final Pattern FORM = Pattern.compile(
            "1\\.2\\.156\\.3005\\.2\\.([0-9A-Z]{21})\\.([0-9A-Z]{18})\\.([0-9A-Z]{1,30})\\.([0-9A-Z]{3})\\.([0-9A-Z])");
    private static final int PARTS = 4;

    boolean wellFormed() {
        return FORM.matcher(text).matches();
    }

    boolean checked() {
        Matcher code = FORM.matcher(text);
        if (!code.matches()) {
            return false;
        }
        StringBuilder parts = new StringBuilder();
        for (int i = 1; i <= PARTS; i++) {
            parts.append(code.group(i));
        }
        return checkCharacter(parts) == code.group(PARTS + 1).charAt(0);
    }

    /** Of digits and capital letters. */
    static char checkCharacter(CharSequence parts) {
        int product = 36;
        for (int i = 0; i < parts.length(); i++) {
            int sum = (product + Character.digit(parts.charAt(i), 36)) % 36;
            product = (sum == 0 ? 36 : sum) * 2 % 37;
        }
        return Character.toUpperCase(Character.forDigit((37 - product) % 36, 36));
    }
}
