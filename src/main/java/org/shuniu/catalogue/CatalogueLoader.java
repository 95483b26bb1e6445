package org.shuniu.catalogue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.catalogue.FaultyCatalogue.Fault;

/** Reads and cross-checks all files of the catalogue, collecting faults until the end. */
final class CatalogueLoader {
    private static final Pattern ITEM = Pattern.compile("[0-9]{12}");
    private static final Pattern HANDLING = Pattern.compile("[1-7][0-9]{14}");
    private static final Pattern OFFICE = Pattern.compile("[A-Z]{2}");
    private static final Pattern PARTNER = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final Pattern CENTRE = Pattern.compile("[0-9]{11}");
    private static final Pattern DISTRICT = Pattern.compile("[0-9]{6}");
    private static final Pattern STREET = Pattern.compile("[0-9]{9}");
    private static final Pattern PROVINCE = Pattern.compile("[0-9]{2}");

    private final Path folder;
    private final List<Fault> faults = new ArrayList<>();
    private final CatalogueRows rows = new CatalogueRows();

    CatalogueLoader(Path folder) {
        this.folder = folder;
    }

    Catalogue load() {
        Map<String, CodeTable> tables = new CodeTableFiles(folder, faults).read();
        divisions();
        centres();
        departments();
        routing();
        items(tables);
        provinces();
        if (!faults.isEmpty()) {
            throw new FaultyCatalogue(faults);
        }
        return new Catalogue(rows, tables);
    }

    private void divisions() {
        List<Row> read = read("divisions.csv", "code", "name_zh", "name_en", "level", "parent_code", "replaced_by");
        read.forEach(row -> add(row, "code", rows.divisions, division(row)));
        for (Row row : read) {
            refers(row, "parent_code", rows.divisions);
            refers(row, "replaced_by", rows.divisions);
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
        List<Row> read =
                read("centres.csv", "centre_code", "kind", "parent_centre", "name_zh", "district_code", "street_code");
        for (Row row : read) {
            Centre centre = centre(row);
            add(row, "centre_code", rows.centres, centre);
            if (centre.kind() == Centre.Kind.CENTRE) {
                add(row, "street_code", rows.centresByStreet, centre);
                rows.divisions.add(centre.street(), street(centre));
                rows.dividedFurther.add(centre.district());
            }
        }
        for (Row row : read) {
            refers(row, "parent_centre", rows.centres);
            refers(row, "district_code", rows.divisions);
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

    private void departments() {
        for (Row row : read("departments.csv", "partner_id", "code", "name_zh", "office_zh", "name_en")) {
            Department department = new Department(
                    row.code("partner_id", PARTNER),
                    row.code("code", OFFICE),
                    row.name("name_zh"),
                    row.name("office_zh"),
                    row.name("name_en"),
                    row.validFrom(),
                    row.validTo());
            add(row, "code", rows.departments, department);
        }
    }

    private void routing() {
        for (Row row : read("routing.csv", "item_code", "department")) {
            Assignment assignment = new Assignment(
                    row.code("item_code", ITEM), row.code("department", OFFICE), row.validFrom(), row.validTo());
            add(row, "item_code", rows.assignments, assignment);
            if (!covered(assignment, rows.departments.all(assignment.department()))) {
                row.fault("department", "a department of departments.csv in force on each of these days");
            }
        }
    }

    private void items(Map<String, CodeTable> tables) {
        List<Row> read = read(
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
            checkCertificates(row, item, tables);
            if (!covered(item, rows.assignments.all(item.code()))) {
                row.fault("item_code", "an item that routing.csv gives a department for each of its days");
            }
            assigned(item).forEach(part -> add(row, "item_code", rows.items, part));
        }
        unusedRouting();
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

    private static void checkCertificates(Row row, Item item, Map<String, CodeTable> tables) {
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

    private void unusedRouting() {
        for (Assignment assignment : rows.assignments.all()) {
            if (!rows.items.knows(assignment.itemCode())) {
                faults.add(new Fault("routing.csv", 1, "item_code", "a code no item has", "codes of items.csv"));
                return;
            }
        }
    }

    private void provinces() {
        for (Row row : read("provinces.csv", "prefix", "partner_id")) {
            ProvinceAssignment assignment = new ProvinceAssignment(
                    row.code("prefix", PROVINCE), row.code("partner_id", PARTNER), row.validFrom(), row.validTo());
            add(row, "prefix", rows.provinces, assignment);
        }
    }

    private List<Row> read(String file, String... columns) {
        List<String> dated = Stream.concat(Arrays.stream(columns), Stream.of("valid_from", "valid_to"))
                .toList();
        return CatalogueFile.read(folder, file, dated, faults);
    }

    private static <T extends Dated> void add(Row row, String column, Timeline<T> timeline, T value) {
        if (!timeline.add(row.text(column), value)) {
            row.fault(column, "a code that no other line has on the same day");
        }
    }

    private static void refers(Row row, String column, Timeline<?> timeline) {
        if (!row.text(column).isEmpty() && !timeline.knows(row.text(column))) {
            row.fault(column, "a code that is in the catalogue");
        }
    }

    private static boolean covered(Dated whole, List<? extends Dated> parts) {
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
