package org.shuniu.exchange;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.function.Consumer;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.ExchangeProfile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.SslStoreBundle;

/**
 * A certificate that the hub shows. Its files are looked at while the hub runs, and a renewed one is taken up without a
 * restart; what does not fit together is not, and the old one stays.
 */
final class TlsRenewal {

    private static final Logger LOG = LoggerFactory.getLogger(TlsRenewal.class);

    private final String name;
    private final TlsFiles files;
    private final Consumer<SslStoreBundle> use;
    private final Told told;
    private TlsFiles.Content taken;
    private String untold;
    private String lastFault = "";

    /**
     * @param name in the audit
     * @param use takes up what is shown and trusted from now on
     * @throws IllegalStateException when it can't be used as it is
     */
    TlsRenewal(String name, TlsFiles files, Consumer<SslStoreBundle> use, Told told) {
        this.name = name;
        this.files = files;
        this.use = use;
        this.told = told;
        try {
            TlsFiles.Content now = files.read();
            use.accept(now.stores());
            taken = now;
        } catch (IOException | RuntimeException unusable) {
            throw new IllegalStateException("shuniu.exchange: " + fault(unusable), unusable);
        }
    }

    /** Looks at the files, and takes up what is new in them. */
    synchronized void look() {
        try {
            TlsFiles.Content now = files.read();
            if (!now.equals(taken)) {
                use.accept(now.stores());
                taken = now;
                untold = described(now.shown());
                LOG.info("The exchange shows another certificate ({}): {}", name, untold);
            }
            lastFault = "";
        } catch (IOException | RuntimeException unusable) {
            refuse(fault(unusable));
        }
        if (untold != null) {
            told.record("exchange-certificate", name, untold);
            untold = null;
        }
    }

    private String fault(Exception unusable) {
        String why = unusable instanceof TlsFiles.Unfit
                ? unusable.getMessage()
                : unusable.getClass().getSimpleName();
        return "%s and its key can't be used: %s".formatted(files.certificate(), why);
    }

    private static String described(X509Certificate certificate) {
        try {
            return "SHA-256 %s, ends %s"
                    .formatted(
                            ExchangeProfile.fingerprint(certificate.getEncoded()),
                            CaseTimes.dateTime(certificate.getNotAfter().toInstant()));
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void refuse(String fault) {
        if (!fault.equals(lastFault)) {
            LOG.warn("The exchange's renewed certificate is refused ({}), the old one stays: {}", name, fault);
            told.record("exchange-certificate-refused", name, fault);
            lastFault = fault;
        }
    }
}
