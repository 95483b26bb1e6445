package org.shuniu.mapping;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.fault.Fault;
import org.shuniu.fault.StrictYaml;
import org.shuniu.fault.YamlLines;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads a mapping that stands in no file yet, with code tables that do not either, beside all else of its partner. */
final class MappingDraft {

    private static final String OUT = ".out";

    private final Path directory;
    private final CanonicalPaths canonical;
    private final EditedTexts texts;
    private final Catalogue catalogue;
    private final Effort effort;
    private final Faults faults;

    MappingDraft(CanonicalPaths canonical, EditedTexts texts, Catalogue catalogue, Effort effort) {
        // What is wrong is told by names that are the same wherever the files lie.
        this.directory = Path.of(texts.partner());
        this.canonical = canonical;
        this.texts = texts;
        this.catalogue = catalogue;
        this.effort = effort;
        this.faults = new Faults(directory, YamlLines.of(texts.text()));
    }

    /** @param inForce in which it takes the place of its like */
    EditedMapping read(Mappings inForce) {
        Mappings beside = texts.tables().isEmpty()
                ? inForce
                : inForce.with(texts.partner(), inForce.of(texts.partner()).by(codes(inForce)));
        String file = texts.mapping() + ".yaml";
        try {
            JsonNode tree = StrictYaml.read(texts.text());
            Map<String, LocalCodes> codes = beside.of(texts.partner()).codes();
            return read(
                    new MappingFile(texts.name(), file, tree, codes, canonical, faults, Expressions.tried(effort)),
                    tree,
                    beside);
        } catch (JacksonException broken) {
            faults.add(Fault.ofText(directory.resolve(file), texts.text(), broken));
            return edited(beside, List.of(), false);
        }
    }

    private Map<String, LocalCodes> codes(Mappings inForce) {
        Map<String, LocalCodes> codes =
                new HashMap<>(inForce.of(texts.partner()).codes());
        new TreeMap<>(texts.tables()).forEach((name, text) -> codes.put(name, table(name, text)));
        return codes;
    }

    private LocalCodes table(String name, String text) {
        LocalCodes table = LocalCodesFile.read(text, name, faults);
        String file = "codes/%s.csv".formatted(name);
        if (table.rows().isEmpty() && !faults.names(file, "")) {
            faults.add(file, 1, "no rows; expected the columns hub,local,use,name and at least one row of codes");
        }
        CodesCheck.check(catalogue, table, directory.resolve(file)).forEach(faults::add);
        return table;
    }

    private EditedMapping read(MappingFile file, JsonNode tree, Mappings beside) {
        PartnerMappings all = beside.of(texts.partner());
        Map<String, OutgoingMapping> outgoing = new HashMap<>(all.outgoing());
        Map<String, IncomingMapping> incoming = new HashMap<>(all.incoming());
        boolean translates;
        if (texts.mapping().endsWith(OUT)) {
            String document = texts.mapping().substring(0, texts.mapping().length() - OUT.length());
            OutgoingMapping edited = file.outgoing(document, all.allowed());
            outgoing.put(document, edited);
            translates = edited.codec() != null;
        } else {
            IncomingMapping edited = file.incoming();
            incoming.put(texts.mapping(), edited);
            // Without one of its lines, another would decide.
            translates = edited.codec() != null
                    && !edited.outcome().isEmpty()
                    && edited.outcome().size() == tree.path("outcome").size();
        }
        Mappings edited = beside.with(
                texts.partner(), new PartnerMappings(outgoing, incoming, all.codes(), all.allowed(), all.version()));
        return edited(edited, left(edited), translates);
    }

    private EditedMapping edited(Mappings mappings, List<Fault> left, boolean translates) {
        return new EditedMapping(texts.partner(), texts.mapping(), mappings, faults.found(), left, translates);
    }

    private List<Fault> left(Mappings edited) {
        PartnerMappings all = edited.of(texts.partner());
        Set<String> unused = new TreeSet<>(all.codes().keySet());
        Stream.concat(
                        all.outgoing().values().stream().map(OutgoingMapping::tables),
                        all.incoming().values().stream().map(IncomingMapping::tables))
                .forEach(unused::removeAll);
        Faults left = new Faults(directory);
        unused.forEach(table -> MappingFolder.unused(table, left));
        if (all.allowed().given()) {
            String file = directory.resolve(AllowedFieldsFile.NAME).toString();
            MinimisationCheck.unread(edited, texts.partner()).stream()
                    .map(fault -> new Fault(file, fault.line(), fault.place(), fault.reason(), fault.cure()))
                    .forEach(left::add);
        }
        return left.found();
    }
}
