package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a mapping that stands in no file yet, beside its partner's tables and other mappings. */
final class MappingDraft {

    private static final String OUT = ".out";

    private final Path directory;
    private final CanonicalPaths canonical;
    private final String partner;
    private final String mapping;
    private final Effort effort;

    MappingDraft(CanonicalPaths canonical, String partner, String mapping, Effort effort) {
        // What is wrong is told by names that are the same wherever the files lie.
        this.directory = Path.of(partner);
        this.canonical = canonical;
        this.partner = partner;
        this.mapping = mapping;
        this.effort = effort;
    }

    /** @param inForce in which it takes the place of its like */
    EditedMapping read(String text, Mappings inForce) {
        String file = mapping + ".yaml";
        Faults faults = new Faults(directory, YamlLines.of(text));
        try {
            JsonNode tree = StrictYaml.read(text);
            return read(
                    new MappingFile(
                            partner + "/" + mapping,
                            file,
                            tree,
                            inForce.of(partner).codes(),
                            canonical,
                            faults,
                            effort),
                    tree,
                    inForce,
                    faults);
        } catch (JacksonException broken) {
            return new EditedMapping(
                    partner, mapping, inForce, List.of(Fault.ofText(directory.resolve(file), text, broken)), false);
        }
    }

    private EditedMapping read(MappingFile file, JsonNode tree, Mappings inForce, Faults faults) {
        PartnerMappings all = inForce.of(partner);
        Map<String, OutgoingMapping> outgoing = new HashMap<>(all.outgoing());
        Map<String, IncomingMapping> incoming = new HashMap<>(all.incoming());
        boolean translates;
        if (mapping.endsWith(OUT)) {
            String document = mapping.substring(0, mapping.length() - OUT.length());
            OutgoingMapping edited = file.outgoing(document, all.allowed());
            outgoing.put(document, edited);
            translates = edited.codec() != null;
        } else {
            IncomingMapping edited = file.incoming();
            incoming.put(mapping, edited);
            // Without one of its lines, another would decide.
            translates = edited.codec() != null
                    && !edited.outcome().isEmpty()
                    && edited.outcome().size() == tree.path("outcome").size();
        }
        Mappings edited = inForce.with(
                partner, new PartnerMappings(outgoing, incoming, all.codes(), all.allowed(), all.version()));
        return new EditedMapping(partner, mapping, edited, faults(edited, faults), translates);
    }

    /** What is wrong with it comes first, then what it leaves behind in other files. */
    private List<Fault> faults(Mappings edited, Faults faults) {
        PartnerMappings all = edited.of(partner);
        Set<String> unused = new TreeSet<>(all.codes().keySet());
        Stream.concat(
                        all.outgoing().values().stream().map(OutgoingMapping::tables),
                        all.incoming().values().stream().map(IncomingMapping::tables))
                .forEach(unused::removeAll);
        unused.forEach(table -> MappingFolder.unused(table, faults));
        List<Fault> found = new ArrayList<>(faults.found());
        if (all.allowed().given()) {
            MinimisationCheck.unread(edited, partner).stream()
                    .map(fault -> new Fault(
                            directory.resolve(AllowedFieldsFile.NAME).toString(),
                            fault.line(),
                            fault.place(),
                            fault.reason(),
                            fault.cure()))
                    .forEach(found::add);
        }
        return found;
    }
}
