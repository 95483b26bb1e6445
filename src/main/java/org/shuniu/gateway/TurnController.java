package org.shuniu.gateway;

import org.shuniu.crossing.Crossing;
import org.shuniu.crossing.Crossings;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows operators whose turn it is in the cases that are shared with regions. */
@RestController
final class TurnController {

    private static final int MOST = 1_000;

    private final Crossings crossings;
    private final CaseReader reader;

    TurnController(Pools pools, CaseReader reader) {
        this.crossings = new Crossings(pools.console().sql());
        this.reader = reader;
    }

    /** Only cases in which somebody has to act; whose turn came first stands first. */
    @GetMapping("/ops/v1/turns")
    ObjectNode turns(@RequestParam(required = false) String region, @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new SubmissionRefused(
                    Problem.of("check-failed", 422, "limit must be a number from 1 to %d".formatted(MOST)));
        }
        ObjectNode answer = Json.object();
        ArrayNode turns = answer.putArray("turns");
        crossings.open(region, limit).forEach(crossing -> turns.add(line(crossing)));
        return answer;
    }

    /** With the timeline of both sides, whoever handed the case in. */
    @GetMapping("/ops/v1/turns/{caseNo}")
    ObjectNode turn(@PathVariable String caseNo) {
        return crossings
                .find(caseNo)
                .map(crossing -> reader.life(caseNo, line(crossing)))
                .orElseThrow(
                        () -> new SubmissionRefused(Problem.of("not-found", 404, "No case of this number is shared")));
    }

    private static ObjectNode line(Crossing crossing) {
        ObjectNode line = Json.object().put("caseNo", crossing.caseNo());
        line.set("crossing", crossing.describe());
        line.set("turn", crossing.describeTurn());
        return line;
    }
}
