package org.shuniu.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what is agreed with regions of items, divisions and offices that decide together; each file may be left out. */
final class RegionFiles {
    private static final Pattern PARTNER = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern ITEM = Pattern.compile("[0-9]{12}");
    private static final Pattern THEIR_ITEM = Pattern.compile("[A-Z]{0,3}[0-9]{12}");
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}([0-9]{3})?");
    private static final Pattern WAYS = Pattern.compile("[1-9](\\|[1-9])*");

    private final CatalogueFiles files;
    private final CatalogueRows rows;
    private final Map<String, CodeTable> tables;

    RegionFiles(CatalogueFiles files, CatalogueRows rows, Map<String, CodeTable> tables) {
        this.files = files;
        this.rows = rows;
        this.tables = tables;
    }

    void read() {
        items();
        divisions();
        joint();
    }

    private void items() {
        for (Row row : files.readIfThere("region-items.csv", "partner_id", "item_code", "region_code", "ways")) {
            RegionItem item = item(row);
            if (!ItemFiles.covered(item, rows.items.all(item.item()))) {
                row.fault("item_code", "an item of items.csv in force on each of these days");
            }
            CodeTable known = tables.get("case-status.delta-mode");
            if (known != null && !item.ways().stream().allMatch(known::knows)) {
                row.fault("ways", "codes of set delta-mode of case-status.csv, separated by |");
            }
            rows.region(item.partner()).add(row, item);
        }
    }

    private void divisions() {
        for (Row row : files.readIfThere("region-divisions.csv", "partner_id", "division", "region_code")) {
            RegionDivision division = new RegionDivision(
                    row.code("division", DIVISION), row.code("region_code", DIVISION), row.validFrom(), row.validTo());
            if (!rows.covers(division.division(), division.validFrom())) {
                row.fault("division", "a division of divisions.csv, or within one, on the first of these days");
            }
            rows.region(row.code("partner_id", PARTNER)).add(row, division);
        }
    }

    /** An office has one part of a case, and its stage stands by itself. */
    private void joint() {
        Timeline<JointPart> offices = new Timeline<>();
        for (Row row : files.readIfThere("joint-items.csv", "item_code", "part", "stage", "office")) {
            JointPart part = new JointPart(
                    row.code("item_code", ITEM),
                    row.wholeNumber("part"),
                    row.wholeNumber("stage"),
                    row.code("office", PARTNER),
                    row.validFrom(),
                    row.validTo());
            if (!ItemFiles.covered(part, rows.items.all(part.item()))) {
                row.fault("item_code", "an item of items.csv in force on each of these days");
            }
            boolean known = part.office().equals(JointPart.REGION)
                    || rows.departments.all().stream()
                            .anyMatch(department -> department.partnerId().equals(part.office()));
            if (!known) {
                row.fault("office", "region, or a partner_id of departments.csv");
            }
            boolean first = offices.add(part.item() + " part " + part.part(), part)
                    & offices.add(part.item() + " at " + part.office(), part);
            if (!first) {
                row.fault("part", "a part, and an office, that no other line of the item has on the same day");
            }
            rows.joint.computeIfAbsent(part.item(), none -> new ArrayList<>()).add(part);
        }
    }

    private static RegionItem item(Row row) {
        return new RegionItem(
                row.code("partner_id", PARTNER),
                row.code("item_code", ITEM),
                row.code("region_code", THEIR_ITEM),
                Set.copyOf(List.of(row.code("ways", WAYS).split("\\|"))),
                row.validFrom(),
                row.validTo());
    }
}
