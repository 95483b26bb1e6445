package org.shuniu.rehearsal;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import tools.jackson.databind.JsonNode;

/** What an engineer sends: files, a reason, and which messages he means. */
record CandidateRequest(JsonNode body) {

    private static final int LAST = 1_000;

    CandidateFiles files() {
        TreeMap<String, String> texts = new TreeMap<>();
        for (var file : body.path("files").properties()) {
            if (!file.getValue().isString()) {
                throw refused("files must be an object of texts by their paths, such as application.out.yaml");
            }
            texts.put(file.getKey(), file.getValue().stringValue());
        }
        try {
            return new CandidateFiles(texts);
        } catch (IllegalArgumentException wrong) {
            throw refused(wrong.getMessage());
        }
    }

    Question question(String partner) {
        JsonNode last = body.path("last");
        JsonNode since = body.path("since");
        if (!last.isMissingNode() && !(last.isIntegralNumber() && last.canConvertToInt())) {
            throw refused("last must be a number from 1 to %d".formatted(Question.MOST));
        }
        try {
            return new Question(
                    partner,
                    body.path("mapping").asString(null),
                    last.asInt(since.isMissingNode() ? LAST : Question.MOST),
                    since.isMissingNode() ? Instant.EPOCH : since(since.asString("")));
        } catch (IllegalArgumentException wrong) {
            throw refused(wrong.getMessage());
        }
    }

    private static Instant since(String day) {
        try {
            return LocalDate.parse(day).atStartOfDay(CaseTimes.SHANGHAI).toInstant();
        } catch (DateTimeParseException malformed) {
            throw refused("since must be a day, such as " + LocalDate.now(CaseTimes.SHANGHAI));
        }
    }

    String reason() {
        String reason = text("reason");
        if (reason == null) {
            throw refused("A reason is required");
        }
        return reason;
    }

    /** The reason why failures are well, or null. */
    @Nullable
    String accept() {
        return text("accept");
    }

    private @Nullable String text(String name) {
        String text = body.path(name).asString("");
        return text.isBlank() ? null : text;
    }

    private static SubmissionRefused refused(String why) {
        return new SubmissionRefused(Problem.of("check-failed", 422, why));
    }
}
