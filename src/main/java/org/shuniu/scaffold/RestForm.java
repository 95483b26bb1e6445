package org.shuniu.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;

/** Calls in JSON; results by callback, when asked for, or at once. */
final class RestForm implements PartnerForm {

    private static final Map<Results, String> HOW = Map.of(
            Results.AT_ONCE, "its answer to an application has the result",
            Results.CALLBACK, "results come by callback, and are asked for when none comes",
            Results.QUERY, "results are asked for");

    private static final Map<Results, String> WAYS = Map.of(
            Results.AT_ONCE, ", with the result",
            Results.CALLBACK, ", its callbacks, and what it says when it is asked",
            Results.QUERY, ", and what it says when it is asked");

    private final Results results;

    RestForm(Contract contract) {
        this.results = contract.results();
    }

    @Override
    public String folder() {
        return "rest";
    }

    @Override
    public List<String> routes() {
        List<String> routes = new ArrayList<>(List.of("forward-application", "retry-delivery"));
        if (results == Results.CALLBACK) {
            routes.add("receive-result");
        }
        if (isAsked()) {
            routes.add("ask-result");
        }
        return routes;
    }

    @Override
    public List<String> mappings() {
        return isAsked() ? List.of("result.in.yaml", "query.out.yaml") : List.of("result.in.yaml");
    }

    @Override
    public String codec() {
        return "codec: {kind: json}";
    }

    @Override
    public Map<String, String> words() {
        return Map.of(
                "how", HOW.get(results),
                "ways", WAYS.get(results),
                "callback", results == Results.CALLBACK ? ", and `POST /callback/v1/` of the hub" : "",
                "query-line", isAsked() ? "| out | `POST /api/queries` | `query.out` |\n" : "",
                "query", isAsked() ? "  query: /api/queries\n" : "",
                "enquiry", isAsked() ? Template.filled("rest/enquiry.yaml", waits()) : "");
    }

    private Map<String, String> waits() {
        return results == Results.CALLBACK
                ? Map.of("asked", "a callback may be lost", "waits", "[2h, 12h, 24h]")
                : Map.of("asked", "it never calls back", "waits", "[5s, 1m, 5m, 15m]");
    }

    @Override
    public boolean gives(String example) {
        if (example.contains("-by-itself.")) {
            return results == Results.CALLBACK;
        }
        return isAsked() || !example.contains("-when-asked.") && !example.startsWith("never-received.");
    }

    private boolean isAsked() {
        return results != Results.AT_ONCE;
    }
}
