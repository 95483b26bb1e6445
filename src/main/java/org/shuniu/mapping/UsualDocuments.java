package org.shuniu.mapping;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.CodeTable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents that nobody handed in: a usual value, of a person who does not exist, at every place that the canonical schemas name. */
public final class UsualDocuments {

    private static final String DOCUMENT = "document";
    private static final List<String> FORM = List.of("form");
    /** Which table of the catalogue a place has its codes from. */
    private static final Map<String, String> TABLES = Map.of("idType", "id-types");
    /** What the envelope says of the case for all, and what is for others: the city's services, and regions. */
    private static final Set<String> NOT_FOR_IT =
            Set.of("caseNo", "senderCaseNo", "itemCode", "receivingCentre", "services", "way", "window");

    private final Mappings mappings;
    private final Catalogue catalogue;
    private final CanonicalPaths canonical;
    private final LocalDate day;

    /**
     * Prepares them.
     *
     * @param folder of the mappings
     * @param day by whose tables and items
     */
    public UsualDocuments(Path folder, Mappings mappings, Catalogue catalogue, LocalDate day) {
        this.mappings = mappings;
        this.catalogue = catalogue;
        this.canonical = CanonicalPaths.load(folder.resolve("canonical"));
        this.day = day;
    }

    /** One as mappings read it, with all that the hub puts round it. */
    public ObjectNode of(String document, String item) {
        ObjectNode all = envelope(document, item);
        probes(document).forEach((place, probe) -> OutwardLosses.put(all, place, probe.usual()));
        return all;
    }

    /**
     * Whether any text may stand at a place, such as a name or a remark, and not only codes, numbers or times.
     *
     * @param source as rows of a mapping name it: {@code document.applicant.name}
     */
    public boolean isProse(String document, String source) {
        List<String> steps = List.of(source.split("\\."));
        if (steps.size() < 2 || !steps.get(0).equals(DOCUMENT)) {
            return false;
        }
        List<String> place = steps.subList(1, steps.size());
        String type = canonical.schema(document, place).path("type").asString("string");
        return type.equals("string") && probe(document, place).isProse();
    }

    Map<List<String>, Probe> probes(String document) {
        Map<List<String>, Probe> probes =
                new TreeMap<>((one, other) -> String.join(".", one).compareTo(String.join(".", other)));
        canonical.places(document, List.of()).keySet().stream()
                .filter(place -> !place.equals(FORM) && !NOT_FOR_IT.contains(place.get(0)))
                .forEach(place -> probes.put(inDocument(place), probe(document, place)));
        if (canonical.known(document, FORM)) {
            mappings.formFields().forEach(field -> {
                List<String> place = List.of("form", field);
                probes.put(inDocument(place), probe(document, place));
            });
        }
        return probes;
    }

    private Probe probe(String document, List<String> place) {
        String name = place.get(place.size() - 1);
        List<String> codes = TABLES.containsKey(name)
                ? catalogue.table(TABLES.get(name)).codes(day).stream()
                        .map(CodeTable.Code::code)
                        .toList()
                : List.of();
        JsonNode schema = canonical.schema(document, place);
        return Probe.of(name, schema, codes);
    }

    private static List<String> inDocument(List<String> place) {
        return Stream.concat(Stream.of(DOCUMENT), place.stream()).toList();
    }

    /** What the hub puts round any document of this kind. */
    ObjectNode envelope(String document, String code) {
        ObjectNode envelope = Source.MAPPER.createObjectNode();
        envelope.putObject("message")
                .put("id", "01940000-0000-7000-8000-000000000001")
                .put("document", document)
                .put("acceptedAt", "2026-01-02T03:04:05+08:00");
        envelope.putObject("delivery")
                .put("id", "01940000-0000-7000-8000-000000000002")
                .put("attempt", 1);
        ObjectNode target = envelope.putObject("case")
                .put("caseNo", "SN2026010200000001")
                .put("itemCode", code)
                .put("status", "40")
                .put("channel", "2")
                .put("acceptingCentre", "31010100201")
                .put("acceptingCentreName", "示例中心")
                .put("receivedAt", "2026-01-02T03:04:05+08:00");
        catalogue
                .item(code, day)
                .ifPresent(item -> target.put("itemName", item.nameZh())
                        .put("handleCode", item.handleCode())
                        .put("department", item.department())
                        .put("departmentName", "示例单位")
                        .put("limitWorkingDays", item.limitWorkingDays()));
        return envelope;
    }
}
