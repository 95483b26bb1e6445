package org.shuniu.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;

/** Calls in JSON or SOAP; results by callback, when asked for, or at once. */
final class CallForm implements PartnerForm {

    private static final Map<Results, String> HOW = Map.of(
            Results.AT_ONCE, "its answer to an application has the result",
            Results.CALLBACK, "results come by callback, and are asked for when none comes",
            Results.QUERY, "results are asked for");

    private static final String FAULTS = """
              - {when: answer.fault.code = "Sender", is: invalid, reason: "fault {answer.fault.code}, {answer.fault.subcode}"}
            """;

    private static final Map<Results, String> WAYS = Map.of(
            Results.AT_ONCE, ", with the result",
            Results.CALLBACK, ", its callbacks, and what it says when it is asked",
            Results.QUERY, ", and what it says when it is asked");

    private final Contract contract;
    private final Results results;

    CallForm(Contract contract) {
        this.contract = contract;
        this.results = contract.results();
    }

    @Override
    public String folder() {
        return contract.protocol().word();
    }

    @Override
    public String shared() {
        return "calls";
    }

    private boolean isSoap() {
        return contract.protocol() == ContractProtocol.SOAP;
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
    public String codec(String document) {
        return isSoap() ? soap(document + "Request") : "codec: {kind: json}";
    }

    private String soap(String root) {
        return "codec:\n  kind: soap-document\n  root: c:%s\n  namespaces: {c: %s}"
                .formatted(root, SoapExample.namespace(contract.partner()));
    }

    @Override
    public Map<String, String> words() {
        return Map.of(
                "codec", isSoap() ? soap("response") : codec("result"),
                "query-codec", codec("query"),
                "faults", isSoap() ? FAULTS : "",
                "how", HOW.get(results),
                "ways", WAYS.get(results),
                "callback", results == Results.CALLBACK ? ", and `POST /callback/v1/` of the hub" : "",
                "query-line",
                        isAsked()
                                ? "| out | `%s` | `query.out` |\n"
                                        .formatted(isSoap() ? "queryRequest" : "POST /api/queries")
                                : "",
                "query",
                        isAsked()
                                ? "  query: %s\n"
                                        .formatted(
                                                isSoap()
                                                        ? "urn:%s:query".formatted(contract.partner())
                                                        : "/api/queries")
                                : "",
                "enquiry", isAsked() ? Template.filled("calls/enquiry.yaml", waits()) : "");
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
        if (example.startsWith("done-at-once.")) {
            return results == Results.AT_ONCE;
        }
        return isAsked() || !example.contains("-when-asked.") && !example.startsWith("never-received.");
    }

    @Override
    public Map.Entry<String, String> example(String name, String text) {
        return isSoap() && name.endsWith(".source.json")
                ? Map.entry(
                        name.replace(".source.json", ".source.xml"),
                        SoapExample.envelope(contract.partner(), "response", text))
                : Map.entry(name, text);
    }

    private boolean isAsked() {
        return results != Results.AT_ONCE;
    }
}
