package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.Stream;

/** What a region calls items and divisions by, on a day. One with which nothing is agreed uses the hub's own codes. */
public final class RegionCatalogue {

    private final String partner;
    private final Timeline<RegionItem> items = new Timeline<>();
    private final Timeline<RegionItem> named = new Timeline<>();
    private final DivisionNames divisions = new DivisionNames(RegionDivision::division, RegionDivision::regionCode);
    private final DivisionNames written = new DivisionNames(RegionDivision::regionCode, RegionDivision::division);

    RegionCatalogue(String partner) {
        this.partner = partner;
    }

    void add(Row row, RegionItem item) {
        CatalogueFiles.add(row, "item_code", items, item);
        CatalogueFiles.add(row, "region_code", named, item);
    }

    void add(Row row, RegionDivision division) {
        if (!divisions.add(division)) {
            row.fault("division", "a code that no other line of the region has on the same day");
        }
        if (!written.add(division)) {
            row.fault("region_code", "a code that no other line of the region has on the same day");
        }
    }

    Stream<Dated> rows() {
        return Stream.concat(
                items.all().stream().map(Dated.class::cast),
                divisions.all().stream().map(Dated.class::cast));
    }

    /** An item of the hub's as the region names it; empty where that is not agreed for the day. */
    public Optional<RegionItem> item(String code, LocalDate on) {
        return items.all().isEmpty() ? Optional.of(RegionItem.asItIs(partner, code)) : items.find(code, on);
    }

    /** The item that the region means by its code. */
    public Optional<RegionItem> itemNamed(String regionCode, LocalDate on) {
        return items.all().isEmpty() ? Optional.of(RegionItem.asItIs(partner, regionCode)) : named.find(regionCode, on);
    }

    /** A division as the region writes it; empty where that is not agreed for the day. */
    public Optional<String> division(String code, LocalDate on) {
        return divisions.all().isEmpty() ? Optional.of(code) : divisions.translate(code, on);
    }

    /** The division that the region means by its code. */
    public Optional<String> divisionWritten(String regionCode, LocalDate on) {
        return divisions.all().isEmpty() ? Optional.of(regionCode) : written.translate(regionCode, on);
    }
}
