package org.shuniu.catalogue;

import java.util.List;
import java.util.Map;

/** Reads what becomes of applications while a certificate can't be had. */
final class CertificateRuleFile {

    private CertificateRuleFile() {}

    static List<CertificateRule> read(CatalogueFiles files, Timeline<Item> items, Map<String, CodeTable> tables) {
        return files.read("certificate-rules.csv", "item_code", "certificate", "when_away", "patience").stream()
                .map(row -> read(row, items, tables.get("certificates")))
                .toList();
    }

    private static CertificateRule read(Row row, Timeline<Item> items, CodeTable certificates) {
        CatalogueFiles.refers(row, "item_code", items, "items.csv");
        String certificate = row.text("certificate");
        if (!certificate.isEmpty() && certificates != null && !certificates.knows(certificate)) {
            row.fault("certificate", "a code of certificates.csv");
        }
        CertificateRule rule = new CertificateRule(
                row.text("item_code"),
                certificate,
                row.oneOf("when_away", CertificateRule.Away.class),
                row.duration("patience"),
                row.validFrom(),
                row.validTo());
        if (rule.patience().isZero() == (rule.whenAway() == CertificateRule.Away.PAPER)) {
            row.fault("patience", "a time such as 15m for paper, and none for wait");
        }
        return rule;
    }
}
