package org.shuniu.catalogue;

import java.time.LocalDate;

/** How a region writes a division, in messages both ways. */
record RegionDivision(String division, String regionCode, LocalDate validFrom, LocalDate validTo) implements Dated {}
