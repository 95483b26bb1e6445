package org.shuniu.timestamp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.jspecify.annotations.Nullable;
import org.shuniu.signature.ContentDigest;

/** What is asked of a time-stamp authority (RFC 3161), and whether what it answers counts. */
public final class TimeStampAuthority {

    /** A question that waits for its answer. */
    public static final class Question {

        private final byte[] stamped;
        private final TimeStampRequest request;

        private Question(byte[] stamped, TimeStampRequest request) {
            this.stamped = stamped;
            this.request = request;
        }

        /** As {@code application/timestamp-query}. */
        public byte[] bytes() {
            try {
                return request.getEncoded();
            } catch (IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** Bytes of an answer; more are not read. */
    public static final int LARGEST = 64 * 1024;

    private static final int NONCE_BITS = 64;
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();

    private final SecureRandom random = new SecureRandom();
    private final Set<TrustAnchor> trusted;
    private final @Nullable ASN1ObjectIdentifier policy;

    private TimeStampAuthority(Set<TrustAnchor> trusted, @Nullable ASN1ObjectIdentifier policy) {
        this.trusted = trusted;
        this.policy = policy;
    }

    /**
     * @param pem certificates of those that its own comes from
     * @param policy under which it must stamp; empty for any
     * @throws IllegalArgumentException when there is no certificate
     */
    public static TimeStampAuthority of(String pem, String policy) {
        Set<TrustAnchor> trusted;
        try {
            trusted = CertificateFactory.getInstance("X.509", PROVIDER)
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(certificate -> new TrustAnchor((X509Certificate) certificate, null))
                    .collect(Collectors.toSet());
        } catch (CertificateException unusable) {
            throw new IllegalArgumentException("The time-stamp authorities' certificates cannot be read", unusable);
        }
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException("There is no certificate of a time-stamp authority");
        }
        return new TimeStampAuthority(trusted, policy.isEmpty() ? null : new ASN1ObjectIdentifier(policy));
    }

    /** Asks for a stamp over exactly these bytes. */
    public Question ask(byte[] stamped) {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        if (policy != null) {
            generator.setReqPolicy(policy);
        }
        BigInteger nonce = new BigInteger(NONCE_BITS, random);
        return new Question(stamped, generator.generate(NISTObjectIdentifiers.id_sha256, sha256(stamped), nonce));
    }

    /**
     * Checks the answer to a question: its nonce and all else.
     *
     * @return when it was stamped, by the authority's clock
     */
    public Instant check(Question question, byte[] answer, Instant now) throws NotStamped {
        try {
            read(answer).validate(question.request);
        } catch (TSPException | RuntimeException another) {
            throw new NotStamped("it is no answer to what was asked: " + another.getMessage());
        }
        Instant at = verify(question.stamped, answer);
        if (Duration.between(at, now).abs().compareTo(CLOCKS_APART) > 0) {
            throw new NotStamped("its clock is %d s from the hub's"
                    .formatted(Duration.between(now, at).toSeconds()));
        }
        return at;
    }

    /**
     * Whether these bytes were stamped by the authority, at any time.
     *
     * @return when, by its clock
     */
    public Instant verify(byte[] stamped, byte[] answer) throws NotStamped {
        try {
            TimeStampResponse response = read(answer);
            TimeStampToken token = response.getTimeStampToken();
            if (token == null) {
                throw new NotStamped("it stamped nothing; status %d".formatted(response.getStatus()));
            }
            requireWords(stamped, token);
            Collection<X509CertificateHolder> known = token.getCertificates().getMatches(null);
            X509CertificateHolder signer = known.stream()
                    .filter(token.getSID()::match)
                    .findFirst()
                    .orElseThrow(() -> new NotStamped("its certificate is not in the answer"));
            token.validate(new JcaSimpleSignerInfoVerifierBuilder()
                    .setProvider(PROVIDER)
                    .build(signer));
            Date at = token.getTimeStampInfo().getGenTime();
            requireTrusted(signer, known, at);
            return at.toInstant();
        } catch (TSPException | OperatorCreationException | GeneralSecurityException | RuntimeException wrong) {
            throw new NotStamped("it does not count: " + wrong.getMessage());
        }
    }

    private void requireWords(byte[] stamped, TimeStampToken token) throws NotStamped {
        boolean ours = token.getTimeStampInfo().getMessageImprintAlgOID().equals(NISTObjectIdentifiers.id_sha256)
                && MessageDigest.isEqual(token.getTimeStampInfo().getMessageImprintDigest(), sha256(stamped));
        if (!ours) {
            throw new NotStamped("it is about something else");
        }
        if (policy != null && !policy.equals(token.getTimeStampInfo().getPolicy())) {
            throw new NotStamped("it was stamped under another policy");
        }
    }

    /** Its certificate must have come from a trusted one, as things stood when it stamped. */
    private void requireTrusted(X509CertificateHolder signer, Collection<X509CertificateHolder> known, Date at)
            throws GeneralSecurityException {
        JcaX509CertificateConverter converter = new JcaX509CertificateConverter().setProvider(PROVIDER);
        List<X509Certificate> between = new ArrayList<>();
        for (X509CertificateHolder certificate : known) {
            between.add(converter.getCertificate(certificate));
        }
        X509CertSelector target = new X509CertSelector();
        target.setCertificate(converter.getCertificate(signer));
        PKIXBuilderParameters path = new PKIXBuilderParameters(trusted, target);
        path.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between), PROVIDER));
        path.setRevocationEnabled(false);
        path.setDate(at);
        CertPathBuilder.getInstance("PKIX", PROVIDER).build(path);
    }

    private static TimeStampResponse read(byte[] answer) throws NotStamped {
        try {
            return new TimeStampResponse(answer);
        } catch (TSPException | IOException | RuntimeException garbage) {
            throw new NotStamped("it is no answer of a time-stamp authority");
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return ContentDigest.begin("sha-256").orElseThrow().digest(bytes);
    }
}
