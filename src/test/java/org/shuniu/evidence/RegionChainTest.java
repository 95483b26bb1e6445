package org.shuniu.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.shuniu.evidence.RegionChain.Line;
import org.shuniu.signature.ChainHash;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SignedMessage;
import org.shuniu.signature.SigningKey;
import org.shuniu.signature.VerifyingKey;

/** A chain of three messages, each accepted and then delivered, and what can be done to it. */
class RegionChainTest {

    private static final String NAME = "somewhere/received/exchange";
    private static final Instant AT = Instant.parse("2026-11-01T02:00:00.123Z");
    private static final Instant ROTATED = Instant.parse("2026-11-01T02:30:00Z");
    private static final SigningKey KEY = key("hub-1");
    private static final SigningKey NEXT = key("hub-2");

    private static SigningKey key(String keyid) {
        try {
            byte[] der = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPrivate()
                    .getEncoded();
            return SigningKey.of(
                    keyid,
                    SignatureAlgorithm.ED25519,
                    "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
                            .formatted(Base64.getEncoder().encodeToString(der)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The first key until its time is over, then the next. */
    private static List<VerifyingKey> keys(String keyid, Instant moment) {
        return List.of(verifying(KEY, Instant.EPOCH, ROTATED), verifying(NEXT, ROTATED, Instant.MAX)).stream()
                .filter(key -> key.keyid().equals(keyid) && key.isValidAt(moment))
                .toList();
    }

    private static VerifyingKey verifying(SigningKey key, Instant from, Instant to) {
        return VerifyingKey.of(key.keyid(), key.algorithm(), key.publicPem(), from, to);
    }

    private static List<Line> chain() {
        List<Line> lines = new ArrayList<>();
        for (String message : List.of("m-1", "m-2", "m-3")) {
            SigningKey key = message.equals("m-3") ? NEXT : KEY;
            Instant at = message.equals("m-3") ? AT.plusSeconds(3600) : AT;
            lines.add(accepted(lines, message, at, key));
            lines.add(delivered(lines, message, at, key));
        }
        return lines;
    }

    private static Line accepted(List<Line> before, String message, Instant at, SigningKey key) {
        byte[] receipt =
                bytes("{\"kind\":\"ACCEPTED\",\"messageId\":\"%s\",\"acceptedAt\":\"%s\"}".formatted(message, at));
        MessageSigner.Signed signed = MessageSigner.sign(
                SignedMessage.answer(202, Map.of("content-digest", List.of(ContentDigest.of(receipt)))),
                List.of("@status", "content-digest"),
                key,
                at,
                null);
        return line(before, message, "ACCEPTED", "", at, receipt, signed.base(), signed.bytes(), key);
    }

    private static Line delivered(List<Line> before, String message, Instant at, SigningKey key) {
        byte[] step = bytes(
                "{\"kind\":\"DELIVERED\",\"messageId\":\"%s\",\"receiver\":\"office\",\"at\":\"%s\",\"seq\":%d,\"prev\":\"%s\"}"
                        .formatted(
                                message, at, before.size() + 1, HexFormat.of().formatHex(head(before))));
        return line(before, message, "DELIVERED", "office", at, step, null, key.sign(step), key);
    }

    private static Line line(
            List<Line> before,
            String message,
            String kind,
            String receiver,
            Instant at,
            byte[] evidence,
            String base,
            byte[] signature,
            SigningKey key) {
        byte[] prev = head(before);
        return new Line(
                before.size() + 1,
                message,
                kind,
                receiver,
                at,
                evidence,
                base,
                signature,
                key.keyid(),
                prev,
                ChainHash.of(prev, evidence));
    }

    private static byte[] head(List<Line> lines) {
        return lines.isEmpty() ? new byte[32] : lines.get(lines.size() - 1).hash();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RegionChain checked(List<Line> lines) {
        RegionChain chain = new RegionChain(NAME, true, RegionChainTest::keys);
        lines.forEach(chain::check);
        return chain;
    }

    private static void requireFault(List<Line> lines, String... words) {
        assertThatThrownBy(() -> checked(lines))
                .isInstanceOf(EvidenceIsWrong.class)
                .message()
                .contains(words);
    }

    /** The chain with another third line, which its hash fits or does not. */
    private static List<Line> withThird(UnaryOperator<Line> change) {
        List<Line> lines = chain();
        lines.set(2, change.apply(lines.get(2)));
        return lines;
    }

    /** The lines in this order, with all numbers and hashes made anew, as whoever knows the format can. */
    private static List<Line> recomputed(List<Line> lines) {
        List<Line> anew = new ArrayList<>();
        for (Line line : lines) {
            byte[] prev = head(anew);
            anew.add(new Line(
                    anew.size() + 1,
                    line.messageId(),
                    line.kind(),
                    line.receiver(),
                    line.at(),
                    line.evidence(),
                    line.base(),
                    line.signature(),
                    line.keyid(),
                    prev,
                    ChainHash.of(prev, line.evidence())));
        }
        return anew;
    }

    private static Line saying(
            Line line, String messageId, Instant at, byte[] evidence, byte[] signature, String keyid) {
        return new Line(
                line.seq(),
                messageId,
                line.kind(),
                line.receiver(),
                at,
                evidence,
                line.base(),
                signature,
                keyid,
                line.prev(),
                line.hash());
    }

    @Test
    void fitsOverARotationOfItsKey() {
        List<Line> lines = chain();

        RegionChain chain = checked(lines);

        assertThat(chain.seq()).isEqualTo(6);
        assertThatCode(() -> chain.requireHead(6, head(lines))).doesNotThrowAnyException();
        assertThatCode(() -> chain.requireSealed(1, head(lines))).doesNotThrowAnyException();
    }

    @Test
    void findsAChangedLine() {
        requireFault(
                withThird(line -> saying(
                        line, "m-2", line.at(), bytes("{\"kind\":\"ACCEPTED\"}"), line.signature(), line.keyid())),
                NAME + ", line 3 (message m-2, ACCEPTED)",
                "does not fit its hash");
    }

    @Test
    void findsARemovedLine() {
        List<Line> lines = chain();
        lines.remove(2);

        requireFault(lines, "line 3: it is missing; the next one is line 4");
    }

    @Test
    void findsLinesInAnotherOrder() {
        List<Line> lines = chain();
        Line third = lines.get(2);
        Line fourth = lines.get(3);
        lines.set(
                2,
                new Line(
                        3,
                        "m-2",
                        "DELIVERED",
                        "office",
                        fourth.at(),
                        fourth.evidence(),
                        null,
                        fourth.signature(),
                        "hub-1",
                        third.prev(),
                        fourth.hash()));

        requireFault(lines, "line 3", "does not fit its hash");
    }

    @Test
    void findsThatALineIsGoneThoughAllNumbersAndHashesWereMadeAnew() {
        List<Line> lines = chain();
        lines.remove(2);

        requireFault(recomputed(lines), "line 3 (message m-2, DELIVERED)", "signed for another place");
    }

    @Test
    void findsARewrittenLineThoughAllHashesFit() {
        List<Line> lines = withThird(line -> saying(
                line,
                "m-2",
                line.at(),
                bytes(new String(line.evidence(), StandardCharsets.UTF_8).replace("m-2", "m-2\",\"x\":\"y")),
                line.signature(),
                line.keyid()));

        requireFault(recomputed(lines), "line 3", "holds the digest of something else");
    }

    @Test
    void findsARowThatSaysSomethingElseThanWasSigned() {
        requireFault(
                withThird(line -> saying(line, "m-9", line.at(), line.evidence(), line.signature(), line.keyid())),
                "line 3",
                "something else than what was signed");
        requireFault(
                withThird(line ->
                        saying(line, "m-2", line.at().plusMillis(2), line.evidence(), line.signature(), line.keyid())),
                "line 3",
                "something else than what was signed");
    }

    @Test
    void findsASignatureByAnotherKeyOrByOneThatWasNotInForceThen() {
        requireFault(
                withThird(line ->
                        saying(line, "m-2", line.at(), line.evidence(), NEXT.sign(bytes(line.base())), line.keyid())),
                "line 3",
                "its signature is not by the key hub-1");
        requireFault(
                withThird(line ->
                        saying(line, "m-2", line.at(), line.evidence(), NEXT.sign(bytes(line.base())), "hub-2")),
                "line 3",
                "no key hub-2 was in force");
    }

    @Test
    void findsThatTheEndIsGone() {
        List<Line> all = chain();
        RegionChain chain = checked(all.subList(0, 4));

        assertThatThrownBy(() -> chain.requireEnd("seal 7", 6))
                .hasMessageContaining("line 5: it is missing, and all after it; seal 7 says");
        assertThatThrownBy(() -> chain.requireHead(6, head(all))).hasMessageContaining("line 5: it is missing");
        assertThatThrownBy(() -> chain.requireHead(4, head(all))).hasMessageContaining("put in or changed");
    }

    @Test
    void findsWhatASealSawOtherwise() {
        RegionChain chain = checked(chain().subList(0, 2));

        assertThatThrownBy(() -> chain.requireSealed(3, new byte[32]))
                .hasMessageContaining("seal 3 saw; of lines 1 to 2 at least one was rewritten");
    }
}
