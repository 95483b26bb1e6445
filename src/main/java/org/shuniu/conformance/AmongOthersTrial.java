package org.shuniu.conformance;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.conformance.Correspondence.Possible;
import org.shuniu.conformance.Correspondence.Together;
import org.shuniu.contract.Contract;
import tools.jackson.databind.node.ObjectNode;

/** One that is wrong stands between others that are not. */
final class AmongOthersTrial {

    private static final String ID = "application/among-others";
    private static final String EXPECTED = "sent back, and those beside it taken";
    private static final int MESSAGES = 3;

    private final Contract contract;
    private final MadeUpCases cases;
    private final Agreed agreed;
    private final Correspondence way;

    AmongOthersTrial(Contract contract, MadeUpCases cases, Agreed agreed, Correspondence way) {
        this.contract = contract;
        this.cases = cases;
        this.agreed = agreed;
        this.way = way;
    }

    Trial trial() {
        if (way.together() instanceof Possible.Not<Together> not) {
            return Trial.notApplicable(ID, EXPECTED, not.because());
        }
        Together together = ((Possible.As<Together>) way.together()).way();
        return Trial.of(ID, EXPECTED, office -> run(office, together)).waiting(MESSAGES);
    }

    private Judgement run(Office office, Together together) throws InterruptedException {
        Message first = cases.application();
        Message wrong = cases.application();
        Message last = cases.application();
        Optional<ObjectNode> broken = broken(office.fields(wrong));
        if (broken.isEmpty()) {
            return Judgement.notApplicable("the contract has no field that could be wrong in a line that is whole");
        }
        Heard handedIn = office.handInTogether(
                together,
                List.of(
                        office.call(first, office.encoded(first, office.fields(first))),
                        office.call(wrong, office.encoded(wrong, broken.get())),
                        office.call(last, office.encoded(last, office.fields(last)))),
                first);
        for (Message whole : List.of(first, last)) {
            Judgement taken = Judgement.taken(office.said(whole, handedIn));
            if (!taken.isPassed()) {
                return Judgement.failed(taken.whose(), "of a whole one beside a wrong one: " + taken.came());
            }
        }
        return Judgement.sentBack(office.said(wrong, handedIn));
    }

    /** With an unknown code, or without something that must be there and by which nobody finds it. */
    private Optional<ObjectNode> broken(ObjectNode fields) {
        Stream<ObjectNode> unknown = contract.of(Openings.APPLICATION).stream()
                .filter(field -> field.codes().isPresent())
                .flatMap(
                        field -> agreed
                                .unknownCode(field)
                                .map(code -> agreed.with(Openings.APPLICATION, field, fields, code))
                                .stream());
        Stream<ObjectNode> missing = contract.of(Openings.APPLICATION).stream()
                .filter(field -> field.required() && !field.isMessageId() && !field.isCaseNo())
                .map(field -> agreed.without(Openings.APPLICATION, field, fields));
        return Stream.concat(unknown, missing).findFirst();
    }
}
