package org.shuniu.handout;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.handout.Member.Kind;
import tools.jackson.databind.JsonNode;

/** Reads which fields a message has: those that are agreed, in the order of its mapping, and what that writes besides. */
final class Members {

    private static final Map<String, String> KINDS =
            Map.of("application", "申请", "supplement", "补正", "withdrawal", "撤回");

    private final Contract contract;
    private final CodeLists codes;
    private final Places places;

    Members(Contract contract, CodeLists codes, Places places) {
        this.contract = contract;
        this.codes = codes;
        this.places = places;
    }

    /** @param mapping the file of the mapping */
    Outgoing of(String document, JsonNode mapping) {
        Map<String, ContractField> agreed = contract.of(document).stream()
                .collect(Collectors.toMap(ContractField::name, Function.identity(), (one, other) -> one));
        Map<String, Member> members = new LinkedHashMap<>();
        for (JsonNode row : mapping.path("rows")) {
            String target = withoutTable(document, row.path("target").asString(""));
            String name = target.split("\\.")[0];
            ContractField field = agreed.get(target);
            members.computeIfAbsent(
                    name,
                    none -> field != null
                            ? agreed(field, row)
                            : target.equals(name) ? besides(document, row, name) : open(name));
        }
        return new Outgoing(document, mapping.path("codec"), List.copyOf(members.values()));
    }

    /** The columns of a document's own table are its fields. */
    private String withoutTable(String document, String target) {
        boolean own = contract.protocol() == ContractProtocol.TABLE && target.startsWith(document + ".");
        return own ? target.substring(document.length() + 1) : target;
    }

    private Member agreed(ContractField field, JsonNode row) {
        return new Member(
                field.name(),
                field.label(),
                field.source(),
                kind(row),
                row.has("each") ? 0 : field.most(),
                field.required(),
                field.codes().flatMap(codes::find),
                field.date(),
                row.has("each") ? parts(row.path("rows")) : List.of());
    }

    private List<Member> parts(JsonNode rows) {
        return rows.valueStream()
                .map(row -> besides("application", row, row.path("target").asString("")))
                .toList();
    }

    private Member besides(String document, JsonNode row, String name) {
        String source = row.path("source").asString(row.path("each").asString(""));
        String constant = row.path("value").asString("");
        return new Member(
                name,
                constant.isEmpty() ? places.of(document, source).zh() : "业务类型",
                source,
                kind(row),
                row.path("max").asInt(constant.length()),
                row.path("required").asBoolean(false) && !row.has("when") || !constant.isEmpty(),
                constant.isEmpty()
                        ? codes.find(row.path("codes").asString(""))
                        : Optional.of(CodeList.only(constant, KINDS.getOrDefault(document, ""))),
                Optional.ofNullable(row.path("date").path("to").asString(null)),
                row.has("each") ? parts(row.path("rows")) : List.of());
    }

    private static Kind kind(JsonNode row) {
        if (row.has("each")) {
            return Kind.LIST;
        }
        return switch (row.path("type").asString("")) {
            case "number" -> Kind.NUMBER;
            case "boolean" -> Kind.TRUTH;
            default -> row.path("source").asString("").equals("index") ? Kind.NUMBER : Kind.TEXT;
        };
    }

    private static Member open(String name) {
        return new Member(name, "", "", Kind.OPEN, 0, false, Optional.empty(), Optional.empty(), List.of());
    }
}
