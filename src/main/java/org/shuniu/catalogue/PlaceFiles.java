package org.shuniu.catalogue;

import java.util.List;
import java.util.regex.Pattern;

/** Reads where things are: divisions, centres and the hubs of provinces. */
final class PlaceFiles {
    private static final Pattern PARTNER = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern CENTRE = Pattern.compile("[0-9]{11}");
    private static final Pattern DISTRICT = Pattern.compile("[0-9]{6}");
    private static final Pattern STREET = Pattern.compile("[0-9]{9}");
    private static final Pattern PROVINCE = Pattern.compile("[0-9]{2}");

    private final CatalogueFiles files;
    private final CatalogueRows rows;

    PlaceFiles(CatalogueFiles files, CatalogueRows rows) {
        this.files = files;
        this.rows = rows;
    }

    void read() {
        divisions();
        centres();
        provinces();
    }

    private void divisions() {
        List<Row> read =
                files.read("divisions.csv", "code", "name_zh", "name_en", "level", "parent_code", "replaced_by");
        read.forEach(row -> CatalogueFiles.add(row, "code", rows.divisions, division(row)));
        for (Row row : read) {
            CatalogueFiles.refers(row, "parent_code", rows.divisions, "divisions.csv");
            CatalogueFiles.refers(row, "replaced_by", rows.divisions, "divisions.csv");
            rows.dividedFurther.add(row.text("parent_code"));
        }
    }

    private static Division division(Row row) {
        return new Division(
                row.code("code", DISTRICT),
                row.name("name_zh"),
                row.name("name_en"),
                row.oneOf("level", Division.Level.class),
                row.text("parent_code"),
                row.text("replaced_by"),
                row.validFrom(),
                row.validTo());
    }

    private void centres() {
        List<Row> read = files.read(
                "centres.csv", "centre_code", "kind", "parent_centre", "name_zh", "district_code", "street_code");
        for (Row row : read) {
            Centre centre = centre(row);
            CatalogueFiles.add(row, "centre_code", rows.centres, centre);
            if (centre.kind() == Centre.Kind.CENTRE) {
                CatalogueFiles.add(row, "street_code", rows.centresByStreet, centre);
                rows.divisions.add(centre.street(), street(centre));
                rows.dividedFurther.add(centre.district());
            }
        }
        for (Row row : read) {
            CatalogueFiles.refers(row, "parent_centre", rows.centres, "centres.csv");
            CatalogueFiles.refers(row, "district_code", rows.divisions, "divisions.csv");
        }
    }

    private static Centre centre(Row row) {
        String code = row.code("centre_code", CENTRE);
        Centre.Kind kind = row.oneOf("kind", Centre.Kind.class);
        return new Centre(
                code,
                kind,
                kind == Centre.Kind.CENTRE ? code : row.code("parent_centre", CENTRE),
                row.name("name_zh"),
                row.code("district_code", DISTRICT),
                row.code("street_code", STREET),
                row.validFrom(),
                row.validTo());
    }

    private static Division street(Centre centre) {
        return new Division(
                centre.street(),
                centre.nameZh().replace("社区事务受理服务中心", ""),
                "",
                Division.Level.STREET,
                centre.district(),
                "",
                centre.validFrom(),
                centre.validTo());
    }

    private void provinces() {
        for (Row row : files.read("provinces.csv", "prefix", "partner_id")) {
            ProvinceAssignment assignment = new ProvinceAssignment(
                    row.code("prefix", PROVINCE), row.code("partner_id", PARTNER), row.validFrom(), row.validTo());
            CatalogueFiles.add(row, "prefix", rows.provinces, assignment);
        }
    }
}
