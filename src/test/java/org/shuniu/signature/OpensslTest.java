package org.shuniu.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a partner signs with nothing but openssl counts here, and what the hub signs is verified by openssl. */
class OpensslTest {

    private static final byte[] BASE =
            "\"@method\": POST\n\"@signature-params\": (\"@method\");created=1".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path directory;

    @BeforeAll
    static void isInstalled() {
        assumeTrue(runs(List.of("openssl", "version")), "openssl is not installed");
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void verifiesWhatOpensslSigns(SignatureAlgorithm algorithm) throws IOException {
        Files.write(directory.resolve("base"), BASE);
        openssl(generate(algorithm));
        openssl("pkey -in key.pem -pubout -out public.pem");
        openssl(sign(algorithm));
        byte[] signature = Files.readAllBytes(directory.resolve("signature"));

        boolean verified = VerifyingKey.of("a", algorithm, read("public.pem"), Instant.EPOCH, Instant.MAX)
                .verify(BASE, algorithm == SignatureAlgorithm.ECDSA_P256_SHA256 ? plain(signature) : signature);

        assertThat(verified).isTrue();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void opensslVerifiesWhatTheHubSigns(SignatureAlgorithm algorithm) throws IOException {
        Files.write(directory.resolve("base"), BASE);
        openssl(generate(algorithm));
        openssl("pkey -in key.pem -pubout -out public.pem");

        byte[] signature = SigningKey.of("a", algorithm, read("key.pem")).sign(BASE);

        Files.write(
                directory.resolve("signature"),
                algorithm == SignatureAlgorithm.ECDSA_P256_SHA256 ? der(signature) : signature);
        openssl(verify(algorithm));
    }

    @Test
    void knowsASignatureForWhichNobodyNamedAUserId() throws IOException {
        Files.write(directory.resolve("base"), BASE);
        openssl(generate(SignatureAlgorithm.SM2_SM3));
        openssl("pkey -in key.pem -pubout -out public.pem");
        openssl("dgst -sm3 -sign key.pem -out signature base");
        byte[] signature = Files.readAllBytes(directory.resolve("signature"));
        VerifyingKey key =
                VerifyingKey.of("a", SignatureAlgorithm.SM2_SM3, read("public.pem"), Instant.EPOCH, Instant.MAX);

        // OpenSSL 4 takes the usual user id by itself.
        assertThat(key.verifiesWithoutUserId(BASE, signature)).isNotEqualTo(key.verify(BASE, signature));
    }

    private static String generate(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case SM2_SM3 -> "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2 -out key.pem";
            case ED25519 -> "genpkey -algorithm ed25519 -out key.pem";
            case ECDSA_P256_SHA256 -> "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem";
        };
    }

    private static String sign(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case SM2_SM3 -> "dgst -sm3 -sign key.pem -sigopt distid:1234567812345678 -out signature base";
            case ED25519 -> "pkeyutl -sign -inkey key.pem -rawin -in base -out signature";
            case ECDSA_P256_SHA256 -> "dgst -sha256 -sign key.pem -out signature base";
        };
    }

    private static String verify(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case SM2_SM3 -> "dgst -sm3 -verify public.pem -sigopt distid:1234567812345678 -signature signature base";
            case ED25519 -> "pkeyutl -verify -pubin -inkey public.pem -rawin -in base -sigfile signature";
            case ECDSA_P256_SHA256 -> "dgst -sha256 -verify public.pem -signature signature base";
        };
    }

    private static byte[] plain(byte[] der) {
        ASN1Sequence pair = ASN1Sequence.getInstance(der);
        byte[] plain = new byte[64];
        for (int i = 0; i < 2; i++) {
            byte[] number = ((ASN1Integer) pair.getObjectAt(i)).getValue().toByteArray();
            int from = Math.max(0, number.length - 32);
            System.arraycopy(number, from, plain, 32 * (i + 1) - (number.length - from), number.length - from);
        }
        return plain;
    }

    private static byte[] der(byte[] plain) throws IOException {
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(new ASN1Integer(new BigInteger(1, Arrays.copyOf(plain, 32))));
        pair.add(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(plain, 32, 64))));
        return new DERSequence(pair).getEncoded("DER");
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments.split(" ")));
        assertThat(runs(command, directory)).as(arguments).isTrue();
    }

    private static boolean runs(List<String> command) {
        return runs(command, Path.of("."));
    }

    private static boolean runs(List<String> command, Path directory) {
        try {
            return new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
