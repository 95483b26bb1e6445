package org.shuniu.rehearsal;

import java.util.HashSet;
import java.util.Set;
import org.shuniu.document.OpenPlaces;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Written;
import tools.jackson.databind.JsonNode;

/**
 * A document on its way to a partner.
 *
 * @param document its kind, or {@code query}
 * @param item its code in the hub's catalogue
 * @param source the tree described in mappings/README.md, of which a mapping reads what its partner may have
 */
record OutgoingDocument(String partner, String document, String id, String item, JsonNode source, Days days)
        implements Recorded {

    @Override
    public String mapping() {
        return document + ".out";
    }

    @Override
    public Set<String> codes(Mappings inForce) {
        Set<String> codes = new HashSet<>();
        gather("", source, inForce.codedPlaces(partner, mapping()), codes);
        return codes;
    }

    private static void gather(String place, JsonNode at, Set<String> places, Set<String> codes) {
        if (at.isObject()) {
            at.properties()
                    .forEach(member ->
                            gather(OpenPlaces.below(place, member.getKey()), member.getValue(), places, codes));
        } else if (at.isArray()) {
            at.forEach(element -> gather(place, element, places, codes));
        } else if (places.contains(place)) {
            codes.add(at.asString(""));
        }
    }

    /** Parts that a mapping copies as they are stay parts of the source; what writes into them must not change it. */
    @Override
    public Translated by(Mappings mappings) {
        Written written = mappings.write(partner, document, item, source.deepCopy(), days);
        return new Translated.Done(written.fields(), written.body());
    }
}
