package org.shuniu.timelimit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.store.Pools;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators the cases whose statutory time limit is at risk. */
@RestController
final class TimeLimitController {

    private static final int LONGEST_LIST = 1_000;
    private static final int FARTHEST = 250;

    private final TimeLimits limits;

    TimeLimitController(Pools pools, Catalogue catalogue, java.time.Clock clock) {
        this.limits = new TimeLimits(pools.console().sql(), catalogue, clock);
    }

    @GetMapping("/ops/v1/time-limits")
    Map<String, Object> atRisk(@RequestParam(defaultValue = "3") int within) {
        int days = Math.max(0, Math.min(FARTHEST, within));
        List<Map<String, Object>> cases =
                limits.atRisk(days, LONGEST_LIST).stream().map(this::line).toList();
        return Map.of("atRisk", cases);
    }

    private Map<String, Object> line(TimeLimits.AtRisk atRisk) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("caseNo", atRisk.limit().caseNo());
        line.put("itemCode", atRisk.itemCode());
        line.put("department", atRisk.department());
        line.put("status", atRisk.status());
        line.put("timeLimit", limits.describe(atRisk.limit()));
        return line;
    }
}
