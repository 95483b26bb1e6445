package org.shuniu.scenario;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.SigningKey;

/**
 * What nobody should send to the exchange, by its number in the trials' list. What another test of the exchange sends is not
 * here again: the table in {@code docs/threat-model.md} has all numbers.
 *
 * @param problem the last word of its type, or null where the server answers before there is a problem
 * @param how changes a good message into it
 */
record HostileInput(String number, String what, int status, String problem, Consumer<WireMessage> how) {

    /** The order of the curve of SM2. */
    private static final BigInteger ORDER =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);

    private static final String STALE = "signature-stale";
    private static final String INVALID = "signature-invalid";
    private static final int LARGEST = 256 * 1024;

    @Override
    public String toString() {
        return number + " " + what;
    }

    /** @param sm2 a key of the region's by which those are signed that play with its encoding */
    static Stream<HostileInput> all(SigningKey sm2) {
        return Stream.of(
                        coverage(),
                        algorithms(),
                        encodings(sm2),
                        addresses(),
                        digests(),
                        headers(),
                        lengths(),
                        bombs(),
                        attachments(),
                        clocks(),
                        numbers(),
                        circles(),
                        persons())
                .flatMap(List::stream);
    }

    private static List<HostileInput> coverage() {
        List<HostileInput> inputs = new ArrayList<>();
        for (String left : WireMessage.COVERED) {
            List<String> names = new ArrayList<>(WireMessage.COVERED);
            names.remove(left);
            inputs.add(of("H3", left + " is not covered", 401, INVALID, message -> message.covering(names)));
        }
        return inputs;
    }

    private static List<HostileInput> addresses() {
        return List.of(
                of("H5", "sent by another method", 401, INVALID, head(text -> text.replaceFirst("POST ", "PUT "))),
                of(
                        "H5",
                        "signed for another hub",
                        401,
                        INVALID,
                        message -> message.forAnotherHub("https://hub.example.org/partner/v1")),
                of(
                        "H5",
                        "sent with a query that nobody signed",
                        401,
                        INVALID,
                        head(text -> text.replaceFirst("/messages ", "/messages?echo=1 "))));
    }

    private static List<HostileInput> algorithms() {
        return List.of(
                of("H9", "alg of another kind of key", 401, INVALID, words("alg=\"ed25519\"", "alg=\"sm2-sm3\"")),
                of(
                        "H9",
                        "HMAC by the public key",
                        401,
                        INVALID,
                        message -> message.words(text -> text.replace("alg=\"ed25519\"", "alg=\"hmac-sha256\""))
                                .signing(base -> hmac(message.key(), base))),
                of(
                        "H9",
                        "HMAC by the public key, of which nothing is said",
                        401,
                        INVALID,
                        message -> message.words(text -> text.replace(";alg=\"ed25519\"", ""))
                                .signing(base -> hmac(message.key(), base))),
                of(
                        "H9",
                        "a wrong signature behind the right one",
                        401,
                        INVALID,
                        head(text -> text.replaceFirst(
                                        "Signature-Input: sig1=(.*)", "Signature-Input: sig1=$1, sig2=$1")
                                .replaceFirst("Signature: sig1=(.*)", "Signature: sig1=$1, sig2=:AAAA:"))),
                of(
                        "H9",
                        "a wrong signature before the right one",
                        401,
                        INVALID,
                        head(text -> text.replaceFirst(
                                        "Signature-Input: sig1=(.*)", "Signature-Input: sig0=$1, sig1=$1")
                                .replaceFirst("Signature: sig1=(.*)", "Signature: sig0=:AAAA:, sig1=$1"))));
    }

    private static byte[] hmac(SigningKey key, byte[] base) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.publicPem().getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            return mac.doFinal(base);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<HostileInput> encodings(SigningKey sm2) {
        return List.of(
                sm2(sm2, "a byte behind the signature", right -> Arrays.copyOf(right, right.length + 1)),
                sm2(sm2, "r with a zero too many", HostileInput::notMinimal),
                sm2(sm2, "a negative r", right -> der(number(right, 0).negate(), number(right, 1))),
                sm2(sm2, "r of 0", right -> der(BigInteger.ZERO, number(right, 1))),
                sm2(sm2, "r beyond the order", right -> der(number(right, 0).add(ORDER), number(right, 1))),
                sm2(sm2, "s of the order", right -> der(number(right, 0), ORDER)));
    }

    private static HostileInput sm2(SigningKey key, String what, UnaryOperator<byte[]> change) {
        return of("H10", what, 401, INVALID, message -> message.by(key).signing(base -> change.apply(key.sign(base))));
    }

    private static BigInteger number(byte[] signature, int place) {
        return ((ASN1Integer) ASN1Sequence.getInstance(signature).getObjectAt(place)).getValue();
    }

    private static byte[] notMinimal(byte[] right) {
        byte[] longer = new byte[right.length + 1];
        System.arraycopy(right, 0, longer, 0, 4);
        longer[1]++;
        longer[3]++;
        System.arraycopy(right, 4, longer, 5, right.length - 4);
        return longer;
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        ASN1EncodableVector pair = new ASN1EncodableVector();
        pair.add(new ASN1Integer(r));
        pair.add(new ASN1Integer(s));
        try {
            return new DERSequence(pair).getEncoded("DER");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<HostileInput> digests() {
        String other = ContentDigest.of(new byte[] {1});
        String wrongSm3 = ContentDigest.field("sm3", new byte[32]);
        return List.of(
                of("H11", "two values of sha-256", 400, "digest-mismatch", digest(right -> right + ", " + other)),
                of(
                        "H11",
                        "sha-256 right and sm3 wrong",
                        400,
                        "digest-mismatch",
                        digest(right -> right + ", " + wrongSm3)),
                of(
                        "H11",
                        "sm3 wrong and sha-256 right",
                        400,
                        "digest-mismatch",
                        digest(right -> wrongSm3 + ", " + right)));
    }

    private static Consumer<WireMessage> digest(UnaryOperator<String> change) {
        return message -> message.field("Content-Digest", change.apply(ContentDigest.of(message.body())));
    }

    private static List<HostileInput> headers() {
        return List.of(
                of(
                        "H12",
                        "Signature-Input twice",
                        400,
                        "bad-envelope",
                        head(text -> text.replaceFirst("(Signature-Input: .*\r\n)", "$1$1"))),
                of(
                        "H12",
                        "Upload-Offset twice",
                        400,
                        "bad-envelope",
                        head(text -> text + "Upload-Offset: 1\r\nUpload-Offset: 2\r\n")),
                of(
                        "H12",
                        "a folded Idempotency-Key",
                        401,
                        INVALID,
                        head(text -> text.replaceFirst("Idempotency-Key: \"", "Idempotency-Key: \"\r\n "))),
                of(
                        "H12",
                        "CR in a value",
                        400,
                        null,
                        head(text -> text.replaceFirst("cloudevents.json", "cloudevents+json\rX-More: 1"))),
                of(
                        "H12",
                        "LF in a value",
                        401,
                        INVALID,
                        head(text -> text.replaceFirst("cloudevents.json", "cloudevents\nX-More: json"))),
                of("H12", "NUL in a value", 400, null, head(text -> text + "X-More: a\0b\r\n")),
                of("H12", "a space in a name", 400, null, head(text -> text + "X More: 1\r\n")),
                of(
                        "H12",
                        "a letter that no key may hold",
                        400,
                        "bad-envelope",
                        head(text -> text.replaceFirst("Idempotency-Key: \"", "Idempotency-Key: \"\u00e9"))),
                of("H12", "1000 headers", 400, null, head(text -> text + "X-1: 1\r\n".repeat(1000))));
    }

    private static List<HostileInput> lengths() {
        return List.of(
                of("H13", "a length and chunks", 400, null, head(text -> text + "Transfer-Encoding: chunked\r\n")),
                of(
                        "H13",
                        "two lengths",
                        400,
                        null,
                        head(text -> text.replaceFirst("(Content-Length: .*\r\n)", "$1Content-Length: 1\r\n"))),
                of(
                        "H13",
                        "a length that ends within the body",
                        400,
                        "digest-mismatch",
                        head(text -> text.replaceFirst("Content-Length: .*", "Content-Length: 10"))),
                of(
                        "H13",
                        "a length below zero",
                        400,
                        null,
                        head(text -> text.replaceFirst("Content-Length: .*", "Content-Length: -1"))));
    }

    private static List<HostileInput> bombs() {
        byte[] bomb = gzip(new byte[10 * 1024 * 1024]);
        return List.of(
                of(
                        "H20",
                        "a gzip bomb",
                        415,
                        "unsupported-media-type",
                        message -> message.field("Content-Encoding", "gzip")
                                .field("Content-Digest", ContentDigest.of(bomb))
                                .sending(bomb)),
                of(
                        "H20",
                        "gzip in gzip",
                        415,
                        "unsupported-media-type",
                        message -> message.field("Content-Encoding", "gzip, gzip")
                                .field("Content-Digest", ContentDigest.of(gzip(bomb)))
                                .sending(gzip(bomb))),
                of(
                        "H20",
                        "a transfer in gzip",
                        501,
                        null,
                        head(text -> text.replaceFirst("Content-Length: .*", "Transfer-Encoding: gzip, chunked"))),
                of(
                        "H20",
                        "an attachment in gzip",
                        415,
                        "unsupported-media-type",
                        message -> message.asAttachment(address("x"), "x").field("Content-Encoding", "gzip")),
                of(
                        "H20",
                        "a message that is too large",
                        413,
                        "too-large",
                        message -> message.saying(
                                "\"data\":{", "\"data\":{" + " ".repeat(LARGEST + 1 - message.body().length))));
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return packed.toByteArray();
    }

    private static List<HostileInput> attachments() {
        return List.of(
                of(
                        "H22",
                        "other content than its address says",
                        422,
                        "digest-mismatch",
                        message -> message.asAttachment(address("this"), "that")),
                part("a part past what is here", "5", "100", 409, "offset-mismatch"),
                part("a part past the end", "101", "100", 400, "bad-request"),
                part("a part before the beginning", "-1", "100", 400, "bad-request"),
                part("more than its length", "0", "3", 413, "too-large"),
                part("a length beyond what is agreed", "0", "1099511627776", 413, "too-large"),
                part("an offset that is no number", "ten", "100", 400, "bad-request"),
                part("an offset of 2^63", "9223372036854775808", "9223372036854775807", 400, "bad-request"),
                of(
                        "H22",
                        "an address that is none",
                        400,
                        "malformed-digest",
                        message -> message.asPart("sha256:" + "AB".repeat(32), "0123456789", "0", "10")));
    }

    private static HostileInput part(String what, String offset, String length, int status, String problem) {
        return of(
                "H22",
                what,
                status,
                problem,
                message -> message.asPart(address(UUID.randomUUID().toString()), "0123456789", offset, length));
    }

    static String address(String content) {
        return EncryptionAtRestTest.digest(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static List<HostileInput> clocks() {
        return List.of(
                of(
                        "H37",
                        "created 301 s ago",
                        401,
                        STALE,
                        message -> message.created(Instant.now().minusSeconds(302))),
                of(
                        "H37",
                        "created 10 minutes ahead",
                        401,
                        STALE,
                        message -> message.created(Instant.now().plusSeconds(600))),
                of(
                        "H37",
                        "expired",
                        401,
                        STALE,
                        message -> message.words(
                                text -> text + ";expires=" + (Instant.now().getEpochSecond() - 1))),
                of(
                        "H37",
                        "expires no number",
                        401,
                        STALE,
                        message -> message.words(text -> text + ";expires=\"never\"")),
                of(
                        "H37",
                        "created no whole number",
                        401,
                        STALE,
                        message -> message.words(text -> text.replaceFirst("created=(\\d+)", "created=$1.5"))),
                of(
                        "H37",
                        "created in quotation marks",
                        401,
                        STALE,
                        message -> message.words(text -> text.replaceFirst("created=(\\d+)", "created=\"$1\""))),
                of(
                        "H37",
                        "created before there were clocks",
                        401,
                        STALE,
                        message -> message.words(text -> text.replaceFirst("created=(\\d+)", "created=-$1"))),
                of(
                        "H37",
                        "created of 15 digits",
                        401,
                        STALE,
                        message -> message.words(text -> text.replaceFirst("created=\\d+", "created=999999999999999"))),
                of(
                        "H37",
                        "created of 400 digits",
                        401,
                        INVALID,
                        message -> message.words(
                                text -> text.replaceFirst("created=\\d+", "created=" + "9".repeat(400)))));
    }

    private static List<HostileInput> numbers() {
        return Stream.of("0", "1.5", "1e999", "\"1\"", "true", "null", "[1]", "9007199254740992", "1" + "0".repeat(30))
                .map(number -> of(
                        "H38",
                        "chxseq " + number,
                        number.equals("1e999") ? 400 : 422,
                        number.equals("1e999") ? "bad-envelope" : "schema-invalid",
                        message -> message.saying("\"chxseq\":1", "\"chxseq\":" + number)))
                .toList();
    }

    private static List<HostileInput> circles() {
        return Stream.of(
                        "\"chxhops\":100",
                        "\"chxhops\":-1",
                        "\"chxhops\":\"1\"",
                        "\"chxhops\":99999999999",
                        "\"chxvia\":\"urn:chx:anhui:hub urn:chx:shanghai:hub urn:chx:jiangsu:hub\"")
                .map(more -> of(
                        "H39",
                        more.replace('"', ' ').strip(),
                        422,
                        "loop",
                        message -> message.saying("\"chxseq\":1", "\"chxseq\":1," + more)))
                .toList();
    }

    private static List<HostileInput> persons() {
        return List.of(
                person("a number in full-width digits", "１１０１０５１９４９１２３１００２X"),
                person("a number that ends in a small x", Applications.ID_NUMBER.toLowerCase(Locale.ROOT)),
                person("a number that ends in a full-width X", Applications.ID_NUMBER.replace('X', 'Ｘ')));
    }

    private static HostileInput person(String what, String number) {
        return of("H28", what, 422, "check-failed", message -> message.saying(Applications.ID_NUMBER, number));
    }

    private static Consumer<WireMessage> head(UnaryOperator<String> change) {
        return message -> message.head(change);
    }

    private static Consumer<WireMessage> words(String from, String to) {
        return message -> message.words(text -> text.replace(from, to));
    }

    private static HostileInput of(String number, String what, int status, String problem, Consumer<WireMessage> how) {
        return new HostileInput(number, what, status, problem, how);
    }
}
