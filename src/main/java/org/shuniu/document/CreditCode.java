package org.shuniu.document;

/** The unified social credit code of an organisation by GB 32100: 18 characters of 31, the last a check character. */
record CreditCode(String text) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    boolean wellFormed() {
        return text.length() == LENGTH && text.chars().allMatch(it -> ALPHABET.indexOf(it) >= 0);
    }

    boolean checked() {
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += weight * ALPHABET.indexOf(text.charAt(i));
            weight = weight * 3 % 31;
        }
        return text.charAt(LENGTH - 1) == ALPHABET.charAt((31 - sum % 31) % 31);
    }

    @Override
    public String toString() {
        return "credit code of " + text.length() + " characters";
    }
}
