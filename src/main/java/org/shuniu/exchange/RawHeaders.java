package org.shuniu.exchange;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;

/** The fields of a request as they came; what two readers could understand differently is refused. */
final class RawHeaders {

    private static final Set<String> ONCE = Set.of(
            "content-type",
            "content-digest",
            "content-encoding",
            "content-length",
            "idempotency-key",
            "signature",
            "signature-input",
            "upload-offset",
            "upload-length",
            "range");

    private RawHeaders() {}

    /** @throws SubmissionRefused for a field that stands twice or holds what no field may hold */
    static Map<String, List<String>> of(HttpServletRequest request) {
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            fields.computeIfAbsent(
                    name.toLowerCase(Locale.ROOT),
                    lower -> new ArrayList<>(Collections.list(request.getHeaders(name))));
        }
        fields.forEach((name, values) -> {
            if (ONCE.contains(name) && values.size() > 1) {
                throw refused("The header %s stands more than once".formatted(name));
            }
            if (ONCE.contains(name) && !values.get(0).chars().allMatch(letter -> letter >= ' ' && letter <= '~')) {
                throw refused("The header %s holds a character that it may not hold".formatted(name));
            }
        });
        return fields;
    }

    private static SubmissionRefused refused(String title) {
        return new SubmissionRefused(Problem.of("bad-envelope", 400, title));
    }
}
