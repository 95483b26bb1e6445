package org.shuniu.catalogue;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads how other systems write our codes; each row says what meets it, and a code of ours in it must be one. */
final class DriftFiles {
    private static final Pattern MET_BY = Pattern.compile("intake|nobody|[a-z]+(-[a-z]+)*/[a-z]+(-[a-z]+)*(\\.in)?");
    private static final Set<String> ID_TYPES =
            Set.of("id card type", "HK/Macao permit", "driving licence", "foreign permanent resident");

    private final CatalogueFiles files;
    private final CatalogueRows rows;

    DriftFiles(CatalogueFiles files, CatalogueRows rows) {
        this.files = files;
        this.rows = rows;
    }

    void read(Map<String, CodeTable> tables) {
        for (Row row : files.read("code-variants.csv", "concept", "standard_code", "variant", "system", "met_by")) {
            boolean idType = ID_TYPES.contains(row.name("concept"));
            CodeTable known = tables.get("id-types");
            if (idType && known != null && !known.knows(row.text("standard_code"))) {
                row.fault("standard_code", "a code of id-types.csv");
            }
            rows.drifts.add(variant(row, idType ? Drift.Kind.ID_TYPE : Drift.Kind.OTHER));
        }
        for (Row row : files.read("division-drift.csv", "system", "local_code", "standard_code", "met_by")) {
            rows.drifts.add(drift(row, Drift.Kind.DIVISION, row.name("local_code"), ""));
        }
    }

    /** A variant may add to its code what it is taken for, {@code 335=军官证}, or what it is called, {@code 0 上传电子文件}. */
    private static Drift variant(Row row, Drift.Kind kind) {
        String text = row.name("variant");
        int meaning = text.indexOf('=');
        int name = text.indexOf(' ');
        String local = meaning > 0 ? text.substring(0, meaning) : name > 0 ? text.substring(0, name) : text;
        return drift(row, kind, local, meaning > 0 ? text.substring(meaning + 1) : "");
    }

    private static Drift drift(Row row, Drift.Kind kind, String local, String meaning) {
        return new Drift(
                kind,
                row.name("standard_code"),
                local,
                meaning,
                row.name("system"),
                row.code("met_by", MET_BY),
                row.validFrom(),
                row.validTo());
    }
}
