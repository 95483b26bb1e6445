package org.shuniu.catalogue;

import java.time.Duration;
import java.time.LocalDate;

/**
 * What becomes of an application while the electronic certificate that it names can't be had.
 *
 * @param item code, or empty for every item
 * @param certificate code of {@code certificates.csv}, or empty for every kind
 * @param patience after which the receiver is told to look at the paper, where it does not wait
 */
public record CertificateRule(
        String item, String certificate, Away whenAway, Duration patience, LocalDate validFrom, LocalDate validTo)
        implements Dated {

    /** What to do. */
    public enum Away {
        /** Until the library answers. */
        WAIT,
        /** Go on; the paper is looked at instead. */
        PAPER
    }

    static final CertificateRule WAIT =
            new CertificateRule("", "", Away.WAIT, Duration.ZERO, LocalDate.MIN, LocalDate.MAX);

    boolean holds(String forItem, String forCertificate, LocalDate on) {
        return (item.isEmpty() || item.equals(forItem))
                && (certificate.isEmpty() || certificate.equals(forCertificate))
                && !on.isBefore(validFrom)
                && !on.isAfter(validTo);
    }

    /** A rule for the item says more than one for the kind of certificate. */
    int detail() {
        return (item.isEmpty() ? 0 : 2) + (certificate.isEmpty() ? 0 : 1);
    }
}
