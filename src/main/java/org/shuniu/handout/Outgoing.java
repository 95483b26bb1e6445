package org.shuniu.handout;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A message that the hub sends to the office.
 *
 * @param document its kind: {@code application}, {@code supplement}, {@code withdrawal} or {@code query}
 * @param codec the block of its mapping
 * @param members in the order in which they are written
 */
record Outgoing(String document, JsonNode codec, List<Member> members) {

    Outgoing {
        members = List.copyOf(members);
    }

    /** Its name as that of a type: {@code Application}. */
    String type() {
        return Character.toUpperCase(document.charAt(0)) + document.substring(1);
    }

    /** The element that holds it, without prefix. */
    String root() {
        return XmlName.of(codec).local();
    }

    Optional<Member> member(String name) {
        return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
}
