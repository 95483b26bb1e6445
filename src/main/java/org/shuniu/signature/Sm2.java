package org.shuniu.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;

/** SM2 (GB/T 32918): only the one right encoding of a signature counts. */
final class Sm2 {

    static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    /** What OpenSSL before 4.0 takes when nobody names a user id. */
    static final byte[] NO_USER_ID = {};

    private static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");
    private static final int LONGEST = 72;

    private Sm2() {}

    static boolean isCurve(ECDomainParameters domain) {
        return domain.getCurve().equals(CURVE.getCurve())
                && domain.getG().equals(CURVE.getG())
                && domain.getN().equals(CURVE.getN());
    }

    static byte[] sign(byte[] text, AsymmetricKeyParameter key) {
        SM2Signer signer = new SM2Signer();
        signer.init(
                true, new ParametersWithID(new ParametersWithRandom(key, SignatureAlgorithm.RANDOM.get()), USER_ID));
        signer.update(text, 0, text.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException failure) {
            throw new IllegalStateException("A text could not be signed", failure);
        }
    }

    static boolean verify(byte[] text, byte[] signature, AsymmetricKeyParameter key, byte[] userId) {
        if (!isStrict(signature)) {
            return false;
        }
        SM2Signer signer = new SM2Signer();
        signer.init(false, new ParametersWithID(key, userId));
        signer.update(text, 0, text.length);
        return signer.verifySignature(signature);
    }

    /** Two integers of 1 to n-1 in DER, with nothing before, between or after them. */
    private static boolean isStrict(byte[] signature) {
        if (signature.length > LONGEST) {
            return false;
        }
        try {
            ASN1Primitive read = ASN1Primitive.fromByteArray(signature);
            return read instanceof ASN1Sequence pair
                    && pair.size() == 2
                    && isInRange(pair, 0)
                    && isInRange(pair, 1)
                    && Arrays.equals(read.getEncoded("DER"), signature);
        } catch (IOException | IllegalArgumentException | IllegalStateException malformed) {
            return false;
        }
    }

    private static boolean isInRange(ASN1Sequence pair, int place) {
        if (!(pair.getObjectAt(place) instanceof ASN1Integer number)) {
            return false;
        }
        BigInteger value = number.getValue();
        return value.signum() > 0 && value.compareTo(CURVE.getN()) < 0;
    }
}
