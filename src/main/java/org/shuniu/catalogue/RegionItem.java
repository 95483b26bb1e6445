package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.Set;

/**
 * How a region names one of the hub's items, in messages both ways.
 *
 * @param partner the region
 * @param item the hub's code
 * @param regionCode the region's
 * @param ways codes of set {@code delta-mode} of {@code case-status.csv}; none where nothing is agreed, and then all are open
 */
public record RegionItem(
        String partner, String item, String regionCode, Set<String> ways, LocalDate validFrom, LocalDate validTo)
        implements Dated {

    public RegionItem {
        ways = Set.copyOf(ways);
    }

    /** An item of a region with which nothing is agreed. */
    static RegionItem asItIs(String partner, String code) {
        return new RegionItem(partner, code, code, Set.of(), LocalDate.MIN, LocalDate.MAX);
    }

    /** Says whether cases of the item may take this way. */
    public boolean allows(String way) {
        return ways.isEmpty() || ways.contains(way);
    }
}
