package org.shuniu.rehearsal;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.shuniu.codec.Garbled;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.mapping.Mappings;

/** The mapping in force and a candidate of one partner: both translate the same messages, and nobody gets what they make. */
final class Rivals {

    private static final String BYTES = "(bytes)";
    private static final Set<String> OF_ANSWERS =
            Set.of("verdict", "reason", "document", "event", "ticket", "order", "content");

    private final String partner;
    private final Mappings inForce;
    private final Mappings candidate;
    private final Set<String> names = new HashSet<>(OF_ANSWERS);

    Rivals(String partner, Mappings inForce, Mappings candidate, DocumentSchemas schemas) {
        this.partner = partner;
        this.inForce = inForce;
        this.candidate = candidate;
        names.addAll(inForce.knownFields(schemas));
        names.addAll(inForce.fieldNames(partner));
        names.addAll(candidate.fieldNames(partner));
    }

    String inForceVersion() {
        return inForce.version(partner);
    }

    String candidateVersion() {
        return candidate.version(partner);
    }

    /** Whether either of them has this mapping. */
    boolean know(String mapping) {
        return inForce.has(partner, mapping) || candidate.has(partner, mapping);
    }

    /** Translates a message with both, and adds up in what the results differ. */
    void compare(Recorded message, Tally tally) {
        tally.add(message, compare(message));
    }

    /**
     * In what the results differ.
     *
     * @return nothing where neither can translate it
     */
    Optional<List<Difference>> compare(Recorded message) {
        Translated before = translate(message, inForce);
        Translated after = translate(message, candidate);
        if (before instanceof Translated.Done was && after instanceof Translated.Done is) {
            return Optional.of(differences(message, was, is));
        }
        if (before instanceof Translated.Failed was) {
            return after instanceof Translated.Failed ? Optional.empty() : whole(was, Kind.WORKS, code -> true);
        }
        Set<String> codes = inForce.has(partner, message.mapping()) ? message.codes(inForce) : Set.of();
        return whole((Translated.Failed) after, Kind.FAILS, codes::contains);
    }

    private static Optional<List<Difference>> whole(Translated.Failed failed, Kind kind, Predicate<String> codes) {
        return Optional.of(List.of(new Difference(Covered.reason(failed.reason(), codes), kind, "", "")));
    }

    /** A message counts once for each field and kind, with the first example that it has. */
    private List<Difference> differences(Recorded message, Translated.Done was, Translated.Done is) {
        Map<List<Object>, Difference> found = new LinkedHashMap<>();
        Comparison.between(was.fields(), is.fields(), names::contains, message::isOpen)
                .forEach(one -> found.putIfAbsent(List.of(one.field(), one.kind()), one));
        if (found.isEmpty() && !Arrays.equals(was.format(), is.format())) {
            return List.of(new Difference(BYTES, Kind.FORMAT, size(was), size(is)));
        }
        return List.copyOf(found.values());
    }

    private static String size(Translated.Done done) {
        return done.format().length + " bytes";
    }

    private Translated translate(Recorded message, Mappings mappings) {
        if (!mappings.has(partner, message.mapping())) {
            return new Translated.Failed("there is no mapping " + message.mapping());
        }
        try {
            return message.by(mappings);
        } catch (MappingFailed | AnswerGarbled | Garbled failed) {
            return new Translated.Failed(failed.getMessage());
        } catch (RuntimeException | StackOverflowError unexpected) {
            // What a mapping does that nobody foresaw harms only its own sums; the message of such a failure may quote
            // values.
            return new Translated.Failed(
                    "the mapping failed: " + unexpected.getClass().getSimpleName());
        }
    }
}
