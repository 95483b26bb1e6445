package org.shuniu.exchange;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.Finding;
import org.shuniu.document.MalformedDocument;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;

/**
 * A CloudEvents 1.0 envelope that was signed.
 *
 * @param subjectCase the number in {@code subject}, by which the sender knows the case
 * @param receiver the last part of {@code chxto}: a partner's id, or {@code hub} for whoever decides the item
 * @param seq place among the messages of the case, or null
 * @param data the document, in UTF-8
 */
record Envelope(
        String id, String type, String subject, String subjectCase, String to, String receiver, Long seq, byte[] data) {

    static final String WHOEVER_DECIDES = "hub";
    static final String MEDIA_TYPE = "application/cloudevents+json";
    static final String SUBMITTED = "cn.shuniu.case.submitted.v1";
    /** Types that tell what became of a case that this hub handed in. */
    static final Set<String> RETURNING = Set.of(
            "cn.shuniu.case.status.v1",
            "cn.shuniu.case.result.v1",
            "cn.shuniu.case.progress.v1",
            "cn.shuniu.evidence.v1");

    private static final DocumentReader READER = new DocumentReader();
    private static final Pattern TO = Pattern.compile("urn:chx:([a-z0-9-]+):([a-z0-9-]+)");
    private static final Pattern SUBJECT = Pattern.compile("case/([A-Za-z0-9-]{1,64})");
    private static final Pattern SCHEMA = Pattern.compile("urn:chx:schema:[a-z.-]+:1(\\.\\d{1,3})?");
    private static final int MOST_HOPS = 8;
    private static final long LARGEST_SEQ = (1L << 53) - 1;

    /**
     * @param source the sender's party, as its profile says
     * @param own the hub's party
     * @throws SubmissionRefused naming what is wrong
     */
    static Envelope read(byte[] body, String key, String source, String own, Instant now) {
        JsonNode tree = tree(body);
        require(tree, "specversion", "1.0"::equals, "1.0");
        require(tree, "id", key::equals, "the Idempotency-Key");
        require(tree, "source", source::equals, "the party of the sender's profile");
        require(tree, "type", type -> type.matches("[a-z0-9.-]{1,100}"), "a type of message");
        Matcher to = matched(tree, "chxto", TO, "urn:chx:<region>:<receiver>");
        Matcher subject = matched(tree, "subject", SUBJECT, "case/<the sender's number of the case>");
        requireOptional(tree, "time", Envelope::isTime, "a time by RFC 3339");
        requireOptional(tree, "datacontenttype", "application/json"::equals, "application/json");
        if (!tree.path("data").isObject()) {
            throw finding("/data", "nothing or no object", "the document");
        }
        requireSameCase(tree, subject.group(1));
        requireSchema(tree);
        requireNoLoop(tree, source, own, to);
        requireInTime(tree, now);
        return new Envelope(
                key,
                tree.path("type").stringValue(),
                subject.group(),
                subject.group(1),
                to.group(),
                to.group(2),
                seq(tree),
                Json.bytes(tree.path("data")));
    }

    /** Whether it tells what became of a case that this hub handed in; any other is about a case of the sender's. */
    boolean returns() {
        return RETURNING.contains(type);
    }

    /** The same, with its document in the hub's own codes. */
    Envelope with(byte[] translated) {
        return new Envelope(id, type, subject, subjectCase, to, receiver, seq, translated);
    }

    private static JsonNode tree(byte[] body) {
        try {
            JsonNode tree = READER.read(body);
            if (tree.isObject()) {
                return tree;
            }
        } catch (MalformedDocument malformed) {
            throw SubmissionRefused.of("bad-envelope", 400, malformed.getMessage());
        }
        throw SubmissionRefused.of("bad-envelope", 400, "The body must be one JSON object");
    }

    private static void require(JsonNode tree, String name, Predicate<String> right, String expected) {
        JsonNode value = tree.path(name);
        if (!value.isString() || !right.test(value.stringValue())) {
            throw finding("/" + name, value.isMissingNode() ? "nothing" : "another value", expected);
        }
    }

    private static void requireOptional(JsonNode tree, String name, Predicate<String> right, String expected) {
        if (tree.has(name)) {
            require(tree, name, right, expected);
        }
    }

    private static Matcher matched(JsonNode tree, String name, Pattern pattern, String expected) {
        Matcher matcher = pattern.matcher(tree.path(name).asString(""));
        if (!matcher.matches()) {
            throw finding("/" + name, tree.has(name) ? "another value" : "nothing", expected);
        }
        return matcher;
    }

    private static boolean isTime(String text) {
        return time(text).isPresent();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    /** Later messages find their case by the number that the first one gave it. */
    private static void requireSameCase(JsonNode tree, String number) {
        boolean begins = tree.path("type").stringValue().equals(SUBMITTED);
        if (begins && !tree.path("data").path("senderCaseNo").asString("").equals(number)) {
            throw new SubmissionRefused(new Problem(
                    "schema-invalid",
                    422,
                    "The envelope does not fit its document",
                    List.of(new Finding("/data/senderCaseNo", "subject", "another value", "the number in subject"))));
        }
    }

    private static void requireSchema(JsonNode tree) {
        String schema = tree.path("dataschema").asString("");
        if (tree.has("dataschema") && !SCHEMA.matcher(schema).matches()) {
            throw new SubmissionRefused(new Problem(
                    "schema-invalid",
                    422,
                    "The hub does not know this schema version",
                    List.of(new Finding("/dataschema", "version", "an unknown one", "a version 1.x"))));
        }
    }

    /** A message ends in this region: it is passed on to none, and has not been here. */
    private static void requireNoLoop(JsonNode tree, String source, String own, Matcher to) {
        JsonNode hops = tree.path("chxhops");
        boolean tooFar = tree.has("chxhops") && !(hops.isInt() && hops.intValue() >= 0 && hops.intValue() <= MOST_HOPS);
        boolean wasHere = List.of(tree.path("chxvia").asString("").split(" ")).contains(own);
        boolean back = to.group().equals(source) || to.group(1).equals(source.split(":")[2]);
        if (tooFar || wasHere || back) {
            throw SubmissionRefused.of(
                    "loop", 422, "The message goes in circles, or too far: at most %d hops".formatted(MOST_HOPS));
        }
        if (!to.group(1).equals(own.split(":")[2])) {
            throw SubmissionRefused.of("not-allowed", 403, "The hub does not pass messages on to other regions");
        }
    }

    private static void requireInTime(JsonNode tree, Instant now) {
        if (tree.has("chxexpires")) {
            Instant end = time(tree.path("chxexpires").asString(""))
                    .orElseThrow(() -> finding("/chxexpires", "no time", "a time by RFC 3339"));
            if (end.isBefore(now)) {
                throw SubmissionRefused.of(
                        "expired", 422, "The message was to be accepted before the time in chxexpires");
            }
        }
    }

    private static Long seq(JsonNode tree) {
        JsonNode seq = tree.path("chxseq");
        if (seq.isMissingNode()) {
            return null;
        }
        boolean right = seq.isIntegralNumber()
                && seq.canConvertToLong()
                && seq.longValue() >= 1
                && seq.longValue() <= LARGEST_SEQ;
        if (!right) {
            throw new SubmissionRefused(new Problem(
                    "schema-invalid",
                    422,
                    "The envelope does not fit",
                    List.of(new Finding("/chxseq", "number", "another value", "a whole number from 1 to 2^53-1"))));
        }
        return seq.longValue();
    }

    private static SubmissionRefused finding(String pointer, String found, String expected) {
        return new SubmissionRefused(new Problem(
                "bad-envelope",
                400,
                "The envelope does not fit CloudEvents 1.0 as the exchange uses it",
                List.of(new Finding(pointer, "envelope", found, expected))));
    }
}
