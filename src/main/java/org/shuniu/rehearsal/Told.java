package org.shuniu.rehearsal;

import org.shuniu.store.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts findings into the words of the API: the same whether a hub or a command has them. */
final class Told {

    private Told() {}

    /**
     * What differs.
     *
     * @param inForce version of the mapping in force
     * @param candidate version of the candidate
     */
    static ObjectNode of(String partner, String inForce, String candidate, Findings findings) {
        ObjectNode told = Json.object()
                .put("partner", partner)
                .put("inForce", inForce)
                .put("candidate", candidate)
                .put("compared", findings.compared())
                .put("leftOut", findings.leftOut())
                .put("unreadable", findings.unreadable());
        ArrayNode sums = told.putArray("mappings");
        findings.sums()
                .forEach(sum -> sums.addObject()
                        .put("mapping", sum.mapping())
                        .put("compared", sum.compared())
                        .put("equal", sum.equal())
                        .put("different", sum.different())
                        .put("onlyCandidateFails", sum.onlyCandidateFails())
                        .put("onlyInForceFails", sum.onlyInForceFails())
                        .put("bothFail", sum.bothFail()));
        ArrayNode differences = told.putArray("differences");
        ArrayNode failures = told.putArray("failures");
        findings.differences().forEach(one -> tell(one.kind().isOfWhole() ? failures : differences, one));
        return told;
    }

    private static void tell(ArrayNode among, Findings.Finding one) {
        ObjectNode told = among.addObject().put("mapping", one.mapping());
        if (one.kind().isOfWhole()) {
            told.put("side", one.kind() == Kind.FAILS ? "candidate" : "in-force")
                    .put("reason", one.field());
        } else {
            told.put("field", one.field()).put("kind", one.kind().word());
        }
        told.put("count", one.count());
        if (!one.kind().isOfWhole()) {
            told.put("before", one.before()).put("after", one.after());
        }
        ArrayNode messages = told.putArray("messages");
        one.messages().forEach(messages::add);
    }
}
