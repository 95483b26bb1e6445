package org.shuniu.catalogue;

import java.time.LocalDate;
import java.util.List;

/** One item a citizen can apply for, as it stands in one period; {@code department} is the code of the office that handles it. */
public record Item(
        String code,
        String handleCode,
        String nameZh,
        String nameEn,
        String department,
        Mode mode,
        Acceptance acceptance,
        List<String> requiredCertificates,
        int limitWorkingDays,
        boolean fee,
        boolean delta,
        LocalDate validFrom,
        LocalDate validTo)
        implements Dated {

    /** How far an application can go without a visit: 全程网办 all the way, 网上预审 up to a pre-review. */
    public enum Mode {
        ONLINE,
        PREREVIEW
    }

    /** Who accepts what a centre receives: 直接受理 any centre itself, 收受分离 the home centre of the applicant. */
    public enum Acceptance {
        CITYWIDE,
        TERRITORIAL
    }

    public Item {
        requiredCertificates = List.copyOf(requiredCertificates);
    }

    Item during(Assignment assignment) {
        LocalDate from = later(validFrom, assignment.validFrom());
        LocalDate to = earlier(validTo, assignment.validTo());
        return new Item(
                code,
                handleCode,
                nameZh,
                nameEn,
                assignment.department(),
                mode,
                acceptance,
                requiredCertificates,
                limitWorkingDays,
                fee,
                delta,
                from,
                to);
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }
}
