package org.shuniu.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVectorsTest {

    private static final byte[] SM2_TEXT = "chx/1 vector".getBytes(StandardCharsets.US_ASCII);
    private static final String SM2_PEM = """
            -----BEGIN PUBLIC KEY-----
            MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEDhpYZR7KUJ+GkgVYaqwKCnAqWPSb
            V6TDX2+i9Pksh/mAvBzejE3SBSw8SeBc4N+NgT/ibvp/hTpg66ZHRWXHsQ==
            -----END PUBLIC KEY-----
            """;
    private static final byte[] SM2_SIGNATURE =
            base64("MEUCIB4F5Hb1ixgcOATLlfkSVgZNQkDqVwGvueWLMdHpEUiVAiEAxeeBYxxv4litrb++6bvpK/p/7MhOF+sfz07K4qcAoCg=");
    private static final byte[] SM2_WITHOUT_USER_ID =
            base64("MEYCIQCn/MEQjy36oVvwtqdqPe+SiR0c1FVyIVYuXuOhVOl+1QIhAOCvccQF8hXnWgNa236MjoE+TQTk68nq3sKI747aCoow");
    private static final BigInteger ORDER = GMNamedCurves.getByName("sm2p256v1").getN();

    @Test
    void verifiesTheExampleOfRfc9421() {
        SignedMessage message = SignedMessage.request(
                "POST",
                URI.create("https://example.com/foo?param=Value&Pet=dog"),
                Map.of(
                        "date", List.of("Tue, 20 Apr 2021 02:07:55 GMT"),
                        "content-type", List.of("application/json"),
                        "content-length", List.of("18")));
        String input = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                + ";created=1618884473;keyid=\"test-key-ed25519\"";
        VerifyingKey key = key("test-key-ed25519", SignatureAlgorithm.ED25519, """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
                -----END PUBLIC KEY-----
                """);

        String base = SignatureBase.of(message, (StructuredField.InnerList)
                StructuredField.dictionary("sig-b26=" + input).get("sig-b26"));

        assertThat(base).isEqualTo("""
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@method": POST
                "@path": /foo
                "@authority": example.com
                "content-type": application/json
                "content-length": 18
                "@signature-params": %s""".formatted(input));
        assertThat(
                        key.verify(
                                SignatureBase.bytes(base),
                                base64(
                                        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==")))
                .isTrue();
    }

    @Test
    void hashesWithSm3AsTheStandardsExampleDoes() {
        assertThat(HexFormat.of().formatHex(ContentDigest.sm3("abc".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    }

    @Test
    void verifiesSm2WithTheUserIdAndRefusesAnEmptyOneByName() {
        VerifyingKey key = key("sm2", SignatureAlgorithm.SM2_SM3, SM2_PEM);

        assertThat(key.verify(SM2_TEXT, SM2_SIGNATURE)).isTrue();
        assertThat(key.verify(SM2_TEXT, SM2_WITHOUT_USER_ID)).isFalse();
        assertThat(key.verifiesWithoutUserId(SM2_TEXT, SM2_WITHOUT_USER_ID)).isTrue();
        assertThat(key.verifiesWithoutUserId(SM2_TEXT, SM2_SIGNATURE)).isFalse();
    }

    static Stream<byte[]> crookedSm2() {
        ASN1Sequence pair = ASN1Sequence.getInstance(SM2_SIGNATURE);
        BigInteger r = ((ASN1Integer) pair.getObjectAt(0)).getValue();
        BigInteger s = ((ASN1Integer) pair.getObjectAt(1)).getValue();
        byte[] longForm = new byte[SM2_SIGNATURE.length + 1];
        longForm[0] = SM2_SIGNATURE[0];
        longForm[1] = (byte) 0x81;
        System.arraycopy(SM2_SIGNATURE, 1, longForm, 2, SM2_SIGNATURE.length - 1);
        byte[] notMinimal = new byte[SM2_SIGNATURE.length + 1];
        System.arraycopy(SM2_SIGNATURE, 0, notMinimal, 0, 4);
        notMinimal[1]++;
        notMinimal[3]++;
        System.arraycopy(SM2_SIGNATURE, 4, notMinimal, 5, SM2_SIGNATURE.length - 4);
        return Stream.of(
                Arrays.copyOf(SM2_SIGNATURE, SM2_SIGNATURE.length + 1),
                Arrays.copyOf(SM2_SIGNATURE, SM2_SIGNATURE.length - 1),
                new byte[0],
                longForm,
                notMinimal,
                der(BigInteger.ZERO, s),
                der(r, BigInteger.ZERO),
                der(r.negate(), s),
                der(r.add(ORDER), s),
                der(r, s.add(ORDER)),
                der(ORDER, s),
                der(s, r),
                der(r, s, BigInteger.ONE));
    }

    @ParameterizedTest
    @MethodSource("crookedSm2")
    void refusesEveryOtherEncodingOfAnSm2Signature(byte[] crooked) {
        VerifyingKey key = key("sm2", SignatureAlgorithm.SM2_SM3, SM2_PEM);

        assertThat(key.verify(SM2_TEXT, crooked)).isFalse();
        assertThat(key.verifiesWithoutUserId(SM2_TEXT, crooked)).isFalse();
    }

    @Test
    void refusesAPointThatIsNotOnTheCurveAndAKeyOfAnotherKind() {
        String offCurve = SM2_PEM.replace("RWXHsQ==", "RWXHsg==");

        assertThatIllegalArgumentException().isThrownBy(() -> key("off", SignatureAlgorithm.SM2_SM3, offCurve));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> key("sm2", SignatureAlgorithm.ECDSA_P256_SHA256, SM2_PEM));
        assertThatIllegalArgumentException().isThrownBy(() -> key("sm2", SignatureAlgorithm.ED25519, SM2_PEM));
    }

    static VerifyingKey key(String keyid, SignatureAlgorithm algorithm, String pem) {
        return VerifyingKey.of(keyid, algorithm, pem, Instant.EPOCH, Instant.MAX);
    }

    private static byte[] der(BigInteger... numbers) {
        ASN1EncodableVector content = new ASN1EncodableVector();
        Arrays.stream(numbers).map(ASN1Integer::new).forEach(content::add);
        try {
            return new DERSequence(content).getEncoded("DER");
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }
}
