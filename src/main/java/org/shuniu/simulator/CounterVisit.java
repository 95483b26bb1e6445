package org.shuniu.simulator;

import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A citizen at a counter: shows a certificate by the app, which the counter takes once, and goes on with the case. */
final class CounterVisit {
    private static final String COUNTER = Partner.ACCEPTANCE_PLATFORM;
    private static final String SHOWINGS = "/api/v1/showings";

    private final HubApi hub;

    CounterVisit(HubApi hub) {
        this.hub = hub;
    }

    /** The citizen's application, as the counter hands it in for the case that passed its pre-review. */
    static Journey.Sending application(Journey journey) {
        ObjectNode application = journey.application().deepCopy();
        application
                .put("channel", "1")
                .put("receivingCentre", ApplicationMaker.COUNTER_CENTRE)
                .put("caseNo", journey.caseNo())
                .put("applicationTime", CityTime.now().format(CityTime.CANONICAL));
        if (application.path("form") instanceof ObjectNode form) {
            // What the desk found missing is there now.
            form.remove("remark");
        }
        return new Journey.Sending(
                "visited", COUNTER, "/api/v1/applications", journey.key("visited"), application.toString());
    }

    /** Shows the identity card; false if something of it failed, and the citizen has to show a new code. */
    boolean show(Journey journey, Consumer<ObjectNode> journal) {
        HubApi.Answer issued = hub.post(Partner.CITIZEN_APP, SHOWINGS, key(), shown(journey.application()));
        if (!issued.isGood()) {
            return false;
        }
        String showing = issued.text("showing");
        journal.accept(journey.line("shown").put("showing", showing));
        HubApi.Answer exchanged = exchange("token", "code", issued.text("code"));
        HubApi.Answer taken = exchange("certificate", "token", exchanged.text("token"));
        if (!taken.isGood()) {
            return false;
        }
        journal.accept(journey.line("certificate")
                .put("showing", taken.text("showing"))
                .put("type", taken.body().path("certificate").path("type").asString("")));
        // Somebody has taken a picture of the code.
        HubApi.Answer again = exchange("token", "code", issued.text("code"));
        journal.accept(journey.line("shown-again").put("showing", showing).put("http", again.status()));
        return true;
    }

    private HubApi.Answer exchange(String what, String field, String word) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put(field, word);
        return hub.post(COUNTER, SHOWINGS + "/" + what, key(), body.toString());
    }

    private static String shown(JsonNode application) {
        ObjectNode shown = JsonMapper.shared().createObjectNode();
        shown.putObject("certificate").put("type", "SFZ").put("code", ApplicationMaker.CERTIFICATE);
        JsonNode person = application.path("applicant");
        shown.putObject("holder")
                .put("name", person.path("name").asString(""))
                .put("idType", person.path("idType").asString(""))
                .put("idNumber", person.path("idNumber").asString(""));
        return shown.toString();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
