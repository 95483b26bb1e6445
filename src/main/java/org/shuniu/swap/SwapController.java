package org.shuniu.swap;

import java.security.Principal;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.shuniu.intake.SubmissionRefused;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The engineers' entry: what the hub goes by, and how that becomes something else. */
@RestController
@RequestMapping("/ops/v1/swap")
final class SwapController {

    private static final int MOST = 200;
    private static final int UNPROCESSABLE = 422;
    private static final int LONGEST_REASON = 500;

    private final Swaps swaps;
    private final SwapStore store;

    SwapController(Swaps swaps, SwapStore store) {
        this.swaps = swaps;
        this.store = store;
    }

    /** What came into force when, newest first, and by what each process goes. */
    @GetMapping
    Map<String, Object> inForce() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "swaps", store.latest(MOST).stream().map(SwapController::line).toList());
        answer.put(
                "processes",
                store.followers().stream()
                        .filter(SwapStore.Follower::alive)
                        .map(SwapController::line)
                        .toList());
        return answer;
    }

    /** The files of a version, each in Base64. */
    @GetMapping("/{version}/files")
    SortedMap<String, String> files(@PathVariable String version) {
        SortedMap<String, String> files = new TreeMap<>();
        store.files(version)
                .orElseThrow(SwapController::notKept)
                .files()
                .forEach((name, content) -> files.put(name, Base64.getEncoder().encodeToString(content)));
        return files;
    }

    /** Says what would come of a swap now, and changes nothing. */
    @PostMapping("/check")
    ResponseEntity<Map<String, Object>> check() {
        return answer(swaps.check());
    }

    /** Takes up what stands in the hub's folders. */
    @PostMapping
    ResponseEntity<Map<String, Object>> swap(@RequestBody Map<String, String> body, Principal author) {
        return answer(swaps.swap(author.getName(), reason(body)));
    }

    /** Takes up a version that was in force before. */
    @PostMapping("/{version}/rollback")
    ResponseEntity<Map<String, Object>> rollBack(
            @PathVariable String version, @RequestBody Map<String, String> body, Principal author) {
        return answer(swaps.rollBack(version, author.getName(), reason(body)));
    }

    private static ResponseEntity<Map<String, Object>> answer(Swaps.Outcome outcome) {
        if (outcome instanceof Swaps.NotKept) {
            throw notKept();
        }
        if (outcome instanceof Swaps.Busy busy) {
            throw SubmissionRefused.of("state-conflict", 409, busy.why());
        }
        if (outcome instanceof Swaps.Refused refused) {
            return ResponseEntity.status(UNPROCESSABLE)
                    .body(Map.of("version", refused.version(), "changed", false, "faults", refused.faults()));
        }
        return outcome instanceof Swaps.Taken taken
                ? ResponseEntity.ok(taken(taken))
                : ResponseEntity.ok(Map.of(
                        "version", ((Swaps.Unchanged) outcome).version(), "changed", false, "faults", List.of()));
    }

    private static Map<String, Object> taken(Swaps.Taken taken) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", taken.version());
        answer.put("changed", taken.swap() != null);
        answer.put("faults", List.of());
        Map<String, String> files = new TreeMap<>();
        taken.files().forEach((name, change) -> files.put(name, change.word()));
        answer.put("files", files);
        answer.put(
                "routes",
                Map.of(
                        "added", taken.routes().added(),
                        "replaced", taken.routes().replaced(),
                        "removed", taken.routes().removed()));
        if (taken.swap() != null) {
            answer.put("seq", taken.swap().seq());
            answer.put("before", String.valueOf(taken.swap().before()));
        }
        return answer;
    }

    private static Map<String, Object> line(SwapStore.Swap swap) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("seq", swap.seq());
        line.put("version", swap.version());
        line.put("before", swap.before());
        line.put("kind", swap.kind().word());
        line.put("at", swap.at());
        line.put("author", swap.author());
        line.put("reason", swap.reason());
        return line;
    }

    private static Map<String, Object> line(SwapStore.Follower follower) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("process", follower.process());
        line.put("place", follower.place());
        line.put("seq", follower.seq());
        line.put("version", follower.version());
        line.put("fault", follower.fault());
        return line;
    }

    private static SubmissionRefused notKept() {
        return SubmissionRefused.of("not-found", 404, "No version of this name is kept");
    }

    private static String reason(Map<String, String> body) {
        String reason = body.get("reason");
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw SubmissionRefused.of(
                    "check-failed",
                    UNPROCESSABLE,
                    "A reason of 1 to %d characters is required".formatted(LONGEST_REASON));
        }
        return reason;
    }
}
