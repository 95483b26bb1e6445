package org.shuniu.catalogue;

import java.time.LocalDate;

/** A community centre or sub-centre; {@code mainCentre} is the centre it belongs to, its own code for a centre. */
public record Centre(
        String code,
        Kind kind,
        String mainCentre,
        String nameZh,
        String district,
        String street,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {

    /** A centre of a street or town, or a further counter of such a centre. */
    public enum Kind {
        CENTRE,
        SUB_CENTRE
    }
}
