package org.shuniu.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.shuniu.conformance.Openings.Opening;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Code;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractItem;
import tools.jackson.databind.node.ObjectNode;

/** What an office must take: every item, every code, every field that may be missing, be long or hold rare characters. */
final class TakenTrials {

    private static final String TAKEN = "taken";
    /** What offices lose who think of neither: characters of two halves, of other widths, and signs of formats. */
    private static final Map<String, String> RARE = rare();

    private final Contract contract;
    private final MadeUpCases cases;
    private final Agreed agreed;
    private final Openings openings;

    TakenTrials(Contract contract, MadeUpCases cases, Agreed agreed, Openings openings) {
        this.contract = contract;
        this.cases = cases;
        this.agreed = agreed;
        this.openings = openings;
    }

    private static Map<String, String> rare() {
        Map<String, String> rare = new LinkedHashMap<>();
        // U+20BB7 and U+2000B of CJK Extension B.
        rare.put("extension-b", "测试\uD842\uDFB7\uD840\uDC0B");
        rare.put("middle-dot", "测试·阿卜杜");
        rare.put("full-width", "测试ＡＢ１２");
        rare.put("quotes", "测试\"甲',;乙");
        rare.put("markup", "测试<甲>&乙");
        return rare;
    }

    List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        contract.items().forEach(item -> trials.add(item(item)));
        for (String document : Contract.DOCUMENTS) {
            Set<String> tables = new TreeSet<>();
            for (ContractField field : contract.of(document)) {
                field.codes().filter(tables::add).ifPresent(table -> codes(document, field, table, trials));
            }
            contract.of(document).stream()
                    .filter(field -> !field.required())
                    .forEach(field -> trials.add(leftOut(document, field)));
            contract.of(document).forEach(field -> trials.add(longest(document, field)));
            RARE.keySet().forEach(kind -> trials.add(rare(document, kind)));
        }
        return trials;
    }

    private Trial item(ContractItem item) {
        return Trial.of(
                        "application/item-" + item.code(),
                        TAKEN,
                        office -> Judgement.taken(office.send(cases.application(item.code()))))
                .waiting(1);
    }

    private void codes(String document, ContractField field, String table, List<Trial> trials) {
        for (Code code : contract.codes().get(table)) {
            trials.add(sent("%s/code-%s-%s".formatted(document, table, code.hub()), document, (office, message) -> {
                Message coded = cases.coded(message, field, code.hub());
                return office.fields(coded);
            }));
        }
    }

    private Trial leftOut(String document, ContractField field) {
        return sent(
                "%s/without-%s".formatted(document, field.name()),
                document,
                (office, message) -> office.fields(message.without(field.source())));
    }

    /** As the contract allows it, whether the hub's own mapping ever writes as much or not. */
    private Trial longest(String document, ContractField field) {
        String id = "%s/longest-%s".formatted(document, field.name());
        if (!cases.isProse(document, field)) {
            return Trial.notApplicable(id, TAKEN, "its values have a form of their own, and no other length");
        }
        return sent(
                id,
                document,
                (office, message) -> agreed.with(document, field, office.fields(message), agreed.longest(field)));
    }

    private Trial rare(String document, String kind) {
        String id = "%s/rare-%s".formatted(document, kind);
        String text = RARE.get(kind);
        List<ContractField> fields = contract.of(document).stream()
                .filter(field -> cases.isProse(document, field) && agreed.length(text) <= field.most())
                .toList();
        if (fields.isEmpty()) {
            return Trial.notApplicable(id, TAKEN, "no field may hold such a text");
        }
        return sent(id, document, (office, message) -> {
            Message rare = message;
            for (ContractField field : fields) {
                rare = rare.with(field.source(), text);
            }
            return office.fields(rare);
        });
    }

    /** Makes the fields that are to be sent. */
    private interface Filling {
        ObjectNode of(Office office, Message message);
    }

    private Trial sent(String id, String document, Filling filling) {
        String closed = openings.closed(document);
        return closed.isEmpty()
                ? Trial.of(id, TAKEN, office -> {
                            Opening opening = openings.of(office, document);
                            Heard heard = office.send(opening.message(), filling.of(office, opening.message()));
                            return openings.taken(office, opening, heard);
                        })
                        .waiting(FollowingTrials.FOLLOWED)
                : Trial.notApplicable(id, TAKEN, closed);
    }
}
