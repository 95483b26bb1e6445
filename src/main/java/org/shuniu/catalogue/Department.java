package org.shuniu.catalogue;

import java.time.LocalDate;

/** A city office that handles items, and the partner id by which its system is known to the hub. */
public record Department(
        String partnerId,
        String code,
        String nameZh,
        String officeZh,
        String nameEn,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {}
