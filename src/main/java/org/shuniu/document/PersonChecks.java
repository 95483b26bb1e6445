package org.shuniu.document;

import java.time.LocalDate;
import java.util.Set;
import java.util.regex.Pattern;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CodeTable;

/** What must be true of a person or organisation in a document. */
final class PersonChecks {
    private static final Set<String> CITIZEN_CARDS = Set.of("111", "112");
    private static final Set<String> REGISTERED_ORGANISATIONS = Set.of("2", "3", "4");
    private static final String OTHER_DOCUMENT = "990";
    private static final int LENGTH_OF_CREDIT_CODE = 18;
    private static final Pattern TELEPHONE =
            Pattern.compile("1[3-9][0-9]{9}|0(10|2[0-9])-?[0-9]{8}|0[3-9][0-9]{2}-?[0-9]{7,8}|9622[0-9]{2}|12345");

    private final Catalogue catalogue;
    private final CodeTable idTypes;
    private final Findings findings;
    private final LocalDate today;

    PersonChecks(Catalogue catalogue, Findings findings, LocalDate today) {
        this.catalogue = catalogue;
        this.idTypes = catalogue.table("id-types");
        this.findings = findings;
        this.today = today;
    }

    void check(String person) {
        String idType = findings.text(person + "/idType");
        if (findings.has(person + "/idType") && !idTypes.contains(idType, today)) {
            findings.add(person + "/idType", "code-table", "a code of id-types.csv" + meant(idType));
        }
        if (findings.has(person + "/idNumber")) {
            idNumber(person, idType);
        }
        if (findings.has(person + "/mobile")) {
            telephone(person + "/mobile");
        }
        if (findings.has(person + "/birthDate")) {
            birthDate(person + "/birthDate");
        }
    }

    private void idNumber(String person, String idType) {
        String pointer = person + "/idNumber";
        String number = findings.text(pointer);
        if (CITIZEN_CARDS.contains(idType)) {
            citizen(person, pointer, new IdentityNumber(number));
        } else if (REGISTERED_ORGANISATIONS.contains(findings.text(person + "/type"))
                && idType.equals(OTHER_DOCUMENT)
                && number.length() == LENGTH_OF_CREDIT_CODE) {
            organisation(pointer, new CreditCode(number));
        } else {
            numberOf(pointer, idType, number);
        }
    }

    /** A number that no such document has tells that the code is another dictionary's. */
    private void numberOf(String pointer, String idType, String number) {
        idTypes.code(idType, today)
                .map(type -> type.columns().getOrDefault("number_format", ""))
                .filter(format -> !format.isEmpty() && !number.matches(format))
                .ifPresent(format -> findings.add(
                        pointer,
                        "format",
                        "a number as documents of the kind %s have it".formatted(idType) + meant(idType)));
    }

    /** What the code stands for in dictionaries that differ from the standard. */
    private String meant(String idType) {
        return catalogue.foreignIdTypes(idType, today).stream()
                .map(drift -> drift.meaning().isEmpty() ? drift.standard() : drift.meaning())
                .distinct()
                .reduce((one, other) -> one + ", " + other)
                .map("; in another system's dictionary it stands for "::concat)
                .orElse("");
    }

    private void citizen(String person, String pointer, IdentityNumber number) {
        if (!number.wellFormed()) {
            findings.add(
                    pointer, "format", "17 digits and a digit or X, or 15 digits; half-width, X as a capital letter");
        } else if (number.birthDate().filter(it -> !it.isAfter(today)).isEmpty()) {
            findings.add(pointer, "birth-date", "a real date, not in the future, in the digits for the date of birth");
        } else if (!number.checked()) {
            findings.add(pointer, "check-digit", "the check character of GB 11643");
        } else {
            sex(person + "/sex", number);
        }
    }

    private void sex(String pointer, IdentityNumber number) {
        String opposite = number.male() ? "2" : "1";
        findings.unless(
                !findings.text(pointer).equals(opposite), pointer, "sex", "the sex that the identity number states");
    }

    private void organisation(String pointer, CreditCode code) {
        if (!code.wellFormed()) {
            findings.add(pointer, "format", "18 capital letters and digits without I, O, S, V and Z");
        } else {
            findings.unless(code.checked(), pointer, "check-digit", "the check character of GB 32100");
        }
    }

    private void telephone(String pointer) {
        findings.unless(
                TELEPHONE.matcher(findings.text(pointer)).matches(),
                pointer,
                "telephone",
                "a mobile number of 11 digits, a fixed line with its area code (021 and 8 digits), or a city hotline");
    }

    private void birthDate(String pointer) {
        boolean real = CaseTimes.parseDate(findings.text(pointer))
                .filter(it -> !it.isAfter(today))
                .isPresent();
        findings.unless(real, pointer, "date", "a real date, not in the future, as YYYYMMDD");
    }
}
