package org.shuniu.intake;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.shuniu.attachment.AttachmentStore;
import org.shuniu.document.DocumentChecks;
import org.shuniu.document.DocumentReader;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.document.Finding;
import org.shuniu.document.MalformedDocument;
import org.shuniu.document.NamedAttachments;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.StoredMessage;
import tools.jackson.databind.JsonNode;

/** Does everything that can refuse a submission before it is stored; a resend is answered whatever the rules are now. */
public final class SubmissionCheck {

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9-]{16,64}");

    private final DocumentReader reader;
    private final DocumentSchemas schemas;
    private final DocumentChecks checks;
    private final AttachmentStore attachments;
    private final PartnerDirectory partners;
    private final Resends resends;
    private final Clock clock;

    public SubmissionCheck(
            DocumentReader reader,
            DocumentSchemas schemas,
            DocumentChecks checks,
            AttachmentStore attachments,
            PartnerDirectory partners,
            Resends resends,
            Clock clock) {
        this.reader = reader;
        this.schemas = schemas;
        this.checks = checks;
        this.attachments = attachments;
        this.partners = partners;
        this.resends = resends;
        this.clock = clock;
    }

    /** Called by the intake route. */
    public CheckedSubmission check(Submission submission) {
        byte[] digest = submission.cover() == null
                ? StoredMessage.digestOf(submission.body())
                : submission.cover().digest();
        requireKey(submission.idempotencyKey());
        try {
            JsonNode content = read(submission);
            refuseFindings(submission, content);
            return new CheckedSubmission(submission, content, digest, clock.instant());
        } catch (SubmissionRefused refused) {
            resends.answerIfKnown(submission, digest);
            throw refused;
        }
    }

    private static void requireKey(String key) {
        if (key == null || key.isBlank()) {
            throw refused("missing-key", 400, "The header Idempotency-Key is missing");
        }
        if (!KEY.matcher(key).matches()) {
            throw refused("bad-key", 400, "Idempotency-Key must be 16 to 64 characters of A-Z, a-z, 0-9 and -");
        }
    }

    private JsonNode read(Submission submission) {
        try {
            return reader.read(submission.body());
        } catch (MalformedDocument malformed) {
            throw refused("malformed-json", 400, malformed.getMessage());
        }
    }

    private void refuseFindings(Submission submission, JsonNode content) {
        List<Finding> shape = schemas.check(submission.document(), content);
        List<Finding> meaning = shape.isEmpty() ? meaning(submission, content) : List.of();
        if (!shape.isEmpty()) {
            throw refused("schema-invalid", 422, "The document does not fit its schema", shape);
        }
        if (!meaning.isEmpty()) {
            throw refused("check-failed", 422, "The document breaks rules of the catalogue", meaning);
        }
        List<Finding> missing = missingAttachments(submission.partner(), content);
        if (!missing.isEmpty()) {
            throw attachmentMissing(missing);
        }
    }

    private List<Finding> meaning(Submission submission, JsonNode content) {
        List<Finding> findings = new ArrayList<>(checks.check(submission.document(), content));
        findings.addAll(ofRegionsOnly(submission, content));
        String channel = content.path("channel").asString(null);
        boolean mayUse = channel == null
                || partners.find(submission.partner())
                        .filter(partner -> !partner.sending().mayUse(channel))
                        .isEmpty();
        if (!mayUse) {
            findings.add(
                    new Finding("/channel", "channel", "another channel", "a channel that this sender speaks for"));
        }
        return findings;
    }

    /** Where an application was received across the border is the word of the region that received it. */
    private static List<Finding> ofRegionsOnly(Submission submission, JsonNode content) {
        boolean received = content.has("window");
        if (submission.cover() == null) {
            return Stream.of("way", "window")
                    .filter(content::has)
                    .map(name -> new Finding("/" + name, "reserved", "a value", "nothing: only a region says this"))
                    .toList();
        }
        String way = content.path("way").asString("");
        return (received ? !way.matches("[23]") : way.equals("2"))
                ? List.of(new Finding(
                        "/window",
                        "way",
                        received ? "a window" : "nothing",
                        "the window that received it, where way is 2, and only then or where it is 3"))
                : List.of();
    }

    private List<Finding> missingAttachments(String partner, JsonNode content) {
        List<NamedAttachments.Named> named = NamedAttachments.of(content);
        if (named.isEmpty()) {
            return List.of();
        }
        Map<String, Long> here = attachments.lengths(
                partner, named.stream().map(NamedAttachments.Named::digest).toList());
        List<Finding> findings = new ArrayList<>();
        for (NamedAttachments.Named one : named) {
            Long length = here.get(one.digest());
            if (length == null) {
                findings.add(new Finding(
                        one.pointer() + "/digest",
                        "attachment",
                        "a digest not in the store",
                        "an uploaded attachment"));
            } else if (length != one.size()) {
                findings.add(new Finding(
                        one.pointer() + "/size", "attachment", "another size", "the length of what was uploaded"));
            }
        }
        return findings;
    }

    static SubmissionRefused attachmentMissing(List<Finding> missing) {
        return refused("attachment-missing", 422, "Upload the attachments before the document", missing);
    }

    static SubmissionRefused keyReused() {
        return refused("key-reused", 422, "This Idempotency-Key stands for another document; use a new key");
    }

    static SubmissionRefused refused(String name, int status, String title) {
        return refused(name, status, title, List.of());
    }

    static SubmissionRefused refused(String name, int status, String title, List<Finding> findings) {
        return new SubmissionRefused(new Problem(name, status, title, findings));
    }
}
