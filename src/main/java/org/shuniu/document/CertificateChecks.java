package org.shuniu.document;

import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.shuniu.catalogue.CodeTable;

/** What must be true of the electronic certificates that a document names instead of carrying scans. */
final class CertificateChecks {
    private static final String FROM_CERTIFICATE = "1";
    private static final int MOST = 10;

    /** What the hub writes for the receiver, and nobody else. */
    private static final List<String> THE_HUBS = List.of("state", "reason", "copy");

    private final CodeTable types;
    private final Findings findings;
    private final PersonChecks persons;
    private final LocalDate on;

    CertificateChecks(CodeTable types, Findings findings, PersonChecks persons, LocalDate on) {
        this.types = types;
        this.findings = findings;
        this.persons = persons;
        this.on = on;
    }

    /** @param taken which kinds may be named */
    void check(Predicate<String> taken) {
        int named = 0;
        for (int i = 0; i < findings.size("/materials"); i++) {
            String material = "/materials/%d".formatted(i);
            if (findings.isObject(material + "/certificate")) {
                named++;
                check(material, material + "/certificate", taken);
            }
        }
        findings.unless(
                named <= MOST, "/materials", "certificates", "at most %d electronic certificates".formatted(MOST));
    }

    private void check(String material, String certificate, Predicate<String> taken) {
        findings.unless(
                findings.text(material + "/source").equals(FROM_CERTIFICATE),
                material + "/source",
                "certificate",
                "1 (electronic certificate), as the material names one");
        check(certificate);
        String type = findings.text(certificate + "/type");
        if (types.contains(type, on) && !taken.test(type)) {
            findings.add(
                    certificate + "/type", "certificate-not-taken", "a kind of certificate that the item asks for");
        }
        persons.check(certificate + "/holder");
        THE_HUBS.forEach(field -> findings.unless(
                !findings.holds(certificate + "/" + field),
                certificate + "/" + field,
                "reserved",
                "nothing: the hub writes it for the receiver"));
    }

    /** Kind and identifier. */
    void check(String certificate) {
        findings.unless(
                types.contains(findings.text(certificate + "/type"), on),
                certificate + "/type",
                "code-table",
                "a code of certificates.csv");
        CertificateCode code = new CertificateCode(findings.text(certificate + "/code"));
        if (!code.wellFormed()) {
            findings.add(
                    certificate + "/code", "format", "an identifier of GB/T 36902, 1.2.156.3005.2 and five parts more");
        } else {
            findings.unless(
                    code.checked(), certificate + "/code", "check-digit", "the check character of ISO 7064 MOD 37,36");
        }
    }
}
