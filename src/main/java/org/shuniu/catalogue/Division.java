package org.shuniu.catalogue;

import java.time.LocalDate;

/** An administrative division of GB/T 2260, or a street of Shanghai; {@code parent} and {@code replacedBy} are empty where there is none. */
public record Division(
        String code,
        String nameZh,
        String nameEn,
        Level level,
        String parent,
        String replacedBy,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {

    /** From the province down to the street or town. */
    public enum Level {
        PROVINCE,
        PREFECTURE,
        DISTRICT,
        STREET
    }
}
