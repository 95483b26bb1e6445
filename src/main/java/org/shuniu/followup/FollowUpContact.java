package org.shuniu.followup;

import java.util.List;
import org.shuniu.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of an application a follow-up carries: how to reach the people, and what they asked for; no identity number. */
final class FollowUpContact {

    private static final List<String> PEOPLE = List.of("applicant", "agent");
    private static final List<String> FIELDS = List.of("name", "mobile", "address", "postcode");

    private FollowUpContact() {}

    static ObjectNode of(JsonNode application) {
        ObjectNode contact = Json.object();
        for (String role : PEOPLE) {
            JsonNode person = application.path(role);
            if (person.isObject()) {
                ObjectNode reached = contact.putObject(role);
                FIELDS.stream().filter(person::has).forEach(field -> reached.set(field, person.get(field)));
            }
        }
        if (application.path("services").isObject()) {
            contact.set("services", application.get("services"));
        }
        return contact;
    }
}
