package org.shuniu.rehearsal;

import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The engineers' entry: what a changed mapping would change. */
@RestController
@RequestMapping("/ops/v1")
final class RehearsalController {

    private final Comparisons comparisons;
    private final Rehearsals rehearsals;

    RehearsalController(Comparisons comparisons, Rehearsals rehearsals) {
        this.comparisons = comparisons;
        this.rehearsals = rehearsals;
    }

    /** Compares on recorded messages; the answer comes when that is done. */
    @PostMapping("/comparisons/{partner}")
    ObjectNode compare(@PathVariable String partner, @RequestBody JsonNode body, Principal operator)
            throws InterruptedException {
        CandidateRequest request = new CandidateRequest(body);
        return comparisons.compare(operator.getName(), request.question(partner), request.files(), request.reason());
    }

    @GetMapping("/rehearsals")
    List<ObjectNode> running() {
        return rehearsals.running();
    }

    @GetMapping("/rehearsals/{partner}")
    ObjectNode show(@PathVariable String partner) {
        return rehearsals.show(partner);
    }

    @PostMapping("/rehearsals/{partner}")
    ObjectNode start(@PathVariable String partner, @RequestBody JsonNode body, Principal operator) {
        CandidateRequest request = new CandidateRequest(body);
        return rehearsals.start(operator.getName(), partner, request.files(), request.reason());
    }

    @PostMapping("/rehearsals/{partner}/drop")
    ObjectNode drop(@PathVariable String partner, @RequestBody JsonNode body, Principal operator) {
        return rehearsals.drop(operator.getName(), partner, new CandidateRequest(body).reason());
    }

    @PostMapping("/rehearsals/{partner}/promote")
    ObjectNode promote(@PathVariable String partner, @RequestBody JsonNode body, Principal operator) {
        CandidateRequest request = new CandidateRequest(body);
        return rehearsals.promote(operator.getName(), partner, request.reason(), request.accept());
    }
}
