package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what can be applied for and who handles it: departments, routing and items. */
final class ItemFiles {
    private static final Pattern ITEM = Pattern.compile("[0-9]{12}");
    private static final Pattern HANDLING = Pattern.compile("[1-7][0-9]{14}");
    private static final Pattern OFFICE = Pattern.compile("[A-Z]{2}");
    private static final Pattern PARTNER = Pattern.compile("[a-z]+(-[a-z]+)*");

    private final CatalogueFiles files;
    private final CatalogueRows rows;
    private final Map<String, CodeTable> tables;

    ItemFiles(CatalogueFiles files, CatalogueRows rows, Map<String, CodeTable> tables) {
        this.files = files;
        this.rows = rows;
        this.tables = tables;
    }

    void read() {
        departments();
        List<Row> routing = routing();
        items();
        for (Row row : routing) {
            if (!rows.items.knows(row.text("item_code"))) {
                row.fault("item_code", "an item of items.csv in force on one of these days");
            }
        }
    }

    private void departments() {
        for (Row row : files.read("departments.csv", "partner_id", "code", "name_zh", "office_zh", "name_en")) {
            Department department = new Department(
                    row.code("partner_id", PARTNER),
                    row.code("code", OFFICE),
                    row.name("name_zh"),
                    row.name("office_zh"),
                    row.name("name_en"),
                    row.validFrom(),
                    row.validTo());
            CatalogueFiles.add(row, "code", rows.departments, department);
        }
    }

    private List<Row> routing() {
        List<Row> read = files.read("routing.csv", "item_code", "department");
        for (Row row : read) {
            Assignment assignment = new Assignment(
                    row.code("item_code", ITEM), row.code("department", OFFICE), row.validFrom(), row.validTo());
            CatalogueFiles.add(row, "item_code", rows.assignments, assignment);
            if (!covered(assignment, rows.departments.all(assignment.department()))) {
                row.fault("department", "a department of departments.csv in force on each of these days");
            }
        }
        return read;
    }

    private void items() {
        List<Row> read = files.read(
                "items.csv",
                "item_code",
                "handle_code",
                "name_zh",
                "name_en",
                "mode",
                "acceptance",
                "required_certs",
                "limit_working_days",
                "fee",
                "delta");
        for (Row row : read) {
            Item item = item(row);
            checkCertificates(row, item);
            if (!covered(item, rows.assignments.all(item.code()))) {
                row.fault("item_code", "an item that routing.csv gives a department for each of its days");
            }
            assigned(item).forEach(part -> CatalogueFiles.add(row, "item_code", rows.items, part));
        }
    }

    private static Item item(Row row) {
        return new Item(
                row.code("item_code", ITEM),
                row.code("handle_code", HANDLING),
                row.name("name_zh"),
                row.name("name_en"),
                "",
                row.oneOf("mode", Item.Mode.class),
                row.oneOf("acceptance", Item.Acceptance.class),
                certificates(row),
                row.wholeNumber("limit_working_days"),
                row.yes("fee"),
                row.yes("delta"),
                row.validFrom(),
                row.validTo());
    }

    private static List<String> certificates(Row row) {
        return Stream.of(row.text("required_certs").split("\\|"))
                .filter(code -> !code.isEmpty())
                .toList();
    }

    private void checkCertificates(Row row, Item item) {
        CodeTable known = tables.get("certificates");
        if (known != null && !item.requiredCertificates().stream().allMatch(known::knows)) {
            row.fault("required_certs", "codes of certificates.csv, separated by |");
        }
    }

    private List<Item> assigned(Item item) {
        return rows.assignments.all(item.code()).stream()
                .filter(item::overlaps)
                .map(item::during)
                .toList();
    }

    static boolean covered(Dated whole, List<? extends Dated> parts) {
        LocalDate open = whole.validFrom();
        for (Dated part : inOrder(parts)) {
            if (part.inForce(open)) {
                if (!part.validTo().isBefore(whole.validTo())) {
                    return true;
                }
                open = part.validTo().plusDays(1);
            }
        }
        return false;
    }

    private static List<? extends Dated> inOrder(List<? extends Dated> parts) {
        Function<Dated, LocalDate> from = Dated::validFrom;
        return parts.stream().sorted(Comparator.comparing(from)).toList();
    }
}
