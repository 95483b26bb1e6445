package org.shuniu.scaffold;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Code;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;

/** Outgoing mappings and code tables as a contract has their fields and codes. */
final class MappingText {

    private static final Map<String, String> KINDS = Map.of("application", "A", "supplement", "B", "withdrawal", "C");
    private static final Map<String, String> TITLES =
            Map.of("application", "办件申请", "supplement", "补正材料", "withdrawal", "撤回申请");
    private static final Map<String, String> SAID = Map.of(
            "application", "A new application as the office reads it.",
            "supplement", "Further papers for a case that the office has.",
            "withdrawal", "The citizen takes the case back.");
    private static final int NAME_OF_A_PAPER = 200;

    private final Contract contract;

    MappingText(Contract contract) {
        this.contract = contract;
    }

    /** @param codec the mapping's block {@code codec}, without a line end */
    String outgoing(String document, String codec) {
        List<String> lines = new ArrayList<>(List.of(
                "# %s%s: %s".formatted(contract.name().zh(), TITLES.get(document), SAID.get(document)),
                "# yaml-language-server: $schema=../mapping.schema.json",
                "mapping: %s/%s.out".formatted(contract.partner(), document),
                "description: " + SAID.get(document),
                codec,
                "rows:"));
        if (contract.protocol().isFlat()) {
            lines.add("  - {target: kind, value: %s}".formatted(KINDS.get(document)));
        }
        contract.of(document).forEach(field -> lines.addAll(rows(document, field)));
        return String.join("\n", lines) + "\n";
    }

    /** The columns of lines that hold any kind of document, by their names, with the field that says most of each. */
    Map<String, ContractField> columns() {
        Map<String, ContractField> columns = new LinkedHashMap<>();
        Contract.DOCUMENTS.forEach(
                document -> contract.of(document).forEach(field -> columns.putIfAbsent(field.name(), field)));
        return columns;
    }

    private List<String> rows(String document, ContractField field) {
        if (field.isPapers()) {
            return papers(field);
        }
        List<String> said =
                new ArrayList<>(List.of("target: " + contract.target(document, field), "source: " + field.source()));
        if (!field.functions().isEmpty()) {
            said.add("function: " + functions(field));
        }
        field.codes().ifPresent(table -> said.add("codes: " + table));
        field.date().ifPresent(pattern -> said.add("date: {from: hub, to: %s}".formatted(Yaml.text(pattern))));
        if (field.required()) {
            said.add("required: true");
        }
        if (field.codes().isEmpty() && field.date().isEmpty() && !isMeasured()) {
            said.add("max: " + field.most());
        }
        return List.of("  - {%s}".formatted(String.join(", ", said)));
    }

    /** A line of fixed width measures its columns itself. */
    private boolean isMeasured() {
        return contract.protocol() == ContractProtocol.FIXED_WIDTH;
    }

    private static String functions(ContractField field) {
        return field.functions().size() == 1
                ? field.functions().get(0)
                : "[%s]".formatted(String.join(", ", field.functions()));
    }

    private List<String> papers(ContractField field) {
        if (contract.protocol().isFlat()) {
            int characters = isMeasured() ? field.most() / 2 : field.most();
            return List.of(
                    "  - {target: %s, expression: '$join(document.materials.name, \"；\")', function: [one-line, cut %d], when: $exists(document.materials)}"
                            .formatted(field.name(), characters));
        }
        List<String> rows =
                new ArrayList<>(List.of("  - target: " + field.name(), "    each: " + field.source(), "    rows:"));
        if (contract.protocol() == ContractProtocol.TABLE) {
            rows.addAll(TableForm.KEYS_OF_A_PAPER);
        }
        rows.addAll(List.of(
                "      - {target: no, source: index}",
                "      - {target: name, source: item.name, required: true, max: %d}".formatted(NAME_OF_A_PAPER),
                "      - {target: digest, source: item.attachment.digest}",
                "      - {target: certificate, source: item.certificate.code, max: 100}"));
        return rows;
    }

    /** What the mappings read, each place once, with what people call it as its purpose. */
    String allowedFields() {
        Map<String, String> purposes = new LinkedHashMap<>();
        Contract.DOCUMENTS.forEach(document -> contract.of(document).forEach(field -> {
            if (field.isPapers()) {
                papersRead().forEach(place -> purposes.putIfAbsent(field.source() + place, field.label()));
            } else {
                purposes.putIfAbsent(field.source(), field.label());
            }
        }));
        StringBuilder text = new StringBuilder("""
                # 向本单位发出的字段、用途和依据: what may leave towards this partner, for which items, what for and on what basis.
                field,items,purpose,basis,valid_from,valid_to
                """);
        purposes.forEach(
                (place, purpose) -> text.append(Csv.line(List.of(place, "*", purpose, contract.basis(), "", ""))));
        return text.toString();
    }

    private List<String> papersRead() {
        return contract.protocol().isFlat()
                ? List.of(".name")
                : List.of(".name", ".attachment.digest", ".certificate.code");
    }

    /** Several of ours that are one of theirs are read back as the first. */
    static String table(List<Code> codes) {
        Set<String> locals = new LinkedHashSet<>();
        StringBuilder text = new StringBuilder("hub,local,use,name\n");
        for (Code code : codes) {
            text.append("%s,%s,%s,%s\n"
                    .formatted(
                            Csv.field(code.hub()),
                            Csv.field(code.local()),
                            locals.add(code.local()) ? "both" : "out",
                            Csv.field(code.name())));
        }
        return text.toString();
    }
}
