package org.shuniu.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.conformance.Correspondence.Possible;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.conformance.Openings.Opening;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.mapping.Rendered;
import tools.jackson.databind.node.ObjectNode;

/** What an office must send back as not agreed, and never take, work or decide. */
final class SentBackTrials {

    static final String SENT_BACK = "sent back as invalid, and not worked";
    private static final String FINDS =
            "what the office says later finds its message by this field, and would find none";

    private final Contract contract;
    private final MadeUpCases cases;
    private final Agreed agreed;
    private final Openings openings;
    private final Correspondence way;

    SentBackTrials(Contract contract, MadeUpCases cases, Agreed agreed, Openings openings, Correspondence way) {
        this.contract = contract;
        this.cases = cases;
        this.agreed = agreed;
        this.openings = openings;
        this.way = way;
    }

    /** The one by a stranger is the last: some offices lock out whoever comes with a wrong password. */
    List<Trial> trials() {
        List<Trial> trials = new ArrayList<>();
        for (String document : Contract.DOCUMENTS) {
            for (ContractField field : contract.of(document)) {
                if (field.required()) {
                    trials.add(missing(document, field));
                }
                trials.add(field.codes().isPresent() ? unknownCode(document, field) : tooLong(document, field));
            }
            trials.add(new CutOffTrial(contract, cases, openings, way).of(document));
        }
        trials.add(new AmongOthersTrial(contract, cases, agreed, way).trial());
        trials.add(byAStranger());
        return trials;
    }

    private Trial missing(String document, ContractField field) {
        String id = "%s/missing-%s".formatted(document, field.name());
        return finds(field)
                ? Trial.notApplicable(id, SENT_BACK, FINDS)
                : sent(
                        id,
                        document,
                        (office, message) ->
                                office.encoded(message, agreed.without(document, field, office.fields(message))));
    }

    /** By such a field a word that comes later finds what it speaks of; without it no row is taken by a table. */
    private boolean finds(ContractField field) {
        return way.answersLater()
                && contract.protocol() != ContractProtocol.TABLE
                && (field.isMessageId() || field.isCaseNo());
    }

    private Trial tooLong(String document, ContractField field) {
        String id = "%s/too-long-%s".formatted(document, field.name());
        if (field.isPapers()) {
            return Trial.notApplicable(id, SENT_BACK, "it is a list of papers, whose length is not agreed");
        }
        if (contract.protocol() == ContractProtocol.FIXED_WIDTH) {
            return Trial.notApplicable(id, SENT_BACK, "a column of fixed width holds no more than it may");
        }
        if (contract.protocol() == ContractProtocol.TABLE && field.date().isPresent()) {
            return Trial.notApplicable(id, SENT_BACK, "a column of times holds a time, however long its text was");
        }
        if (contract.protocol() == ContractProtocol.TABLE && field.isMessageId()) {
            return Trial.notApplicable(
                    id, SENT_BACK, "the hub's own id, behind which there is room for a correction's mark");
        }
        return finds(field)
                ? Trial.notApplicable(id, SENT_BACK, FINDS)
                : sent(id, document, (office, message) -> {
                    ObjectNode fields = office.fields(message);
                    String value = agreed.at(document, field, fields).asString("");
                    return office.encoded(message, agreed.with(document, field, fields, agreed.tooLong(field, value)));
                });
    }

    private Trial unknownCode(String document, ContractField field) {
        String id = "%s/unknown-code-%s".formatted(document, field.name());
        Optional<String> code = agreed.unknownCode(field);
        if (code.isEmpty()) {
            return Trial.notApplicable(id, SENT_BACK, "every text of its length is a code of the table");
        }
        return sent(
                id,
                document,
                (office, message) ->
                        office.encoded(message, agreed.with(document, field, office.fields(message), code.get())));
    }

    private Trial byAStranger() {
        String id = "application/by-a-stranger";
        String expected = "not let in";
        if (way.stranger() instanceof Possible.Not<ChannelAdapter> not) {
            return Trial.notApplicable(id, expected, not.because());
        }
        ChannelAdapter stranger = ((Possible.As<ChannelAdapter>) way.stranger()).way();
        return Trial.of(id, expected, office -> {
                    Message message = cases.application();
                    Office asStranger = new Office(office.way().by(stranger), office.transcript());
                    Heard heard = asStranger.send(message);
                    return heard.is(Meaning.CREDENTIALS_REFUSED)
                            ? Judgement.passed(heard.said())
                            : Judgement.sentBack(heard);
                })
                .waiting(1)
                .byItself();
    }

    /** Makes what is to be sent. */
    private interface Forging {
        Rendered of(Office office, Message message);
    }

    private Trial sent(String id, String document, Forging forging) {
        String closed = openings.closed(document);
        if (!closed.isEmpty()) {
            return Trial.notApplicable(id, SENT_BACK, closed);
        }
        return Trial.of(id, SENT_BACK, office -> {
                    Opening opening = openings.of(office, document);
                    Message message = opening.message();
                    Heard heard = office.send(message, forging.of(office, message));
                    openings.requireOpened(office, opening);
                    return judged(office, document, message, Judgement.sentBack(heard));
                })
                .waiting(FollowingTrials.FOLLOWED);
    }

    /** Of a message that had to be sent back, and not worked. */
    static Judgement judged(Office office, String document, Message message, Judgement said)
            throws InterruptedException {
        return said.isPassed() && document.equals(Openings.APPLICATION) ? notWorked(office, message, said) : said;
    }

    /** Some say that a message is invalid and work it all the same. */
    private static Judgement notWorked(Office office, Message message, Judgement said) throws InterruptedException {
        Optional<Heard> decided = office.decided(message);
        if (decided.isPresent()) {
            return Judgement.failed(
                    Whose.OFFICE,
                    "%s; and it decides it all the same: %s"
                            .formatted(said.came(), decided.get().said()));
        }
        if (!office.isAsked()) {
            return said;
        }
        Heard standing = office.ask(message, null);
        return standing.is(Meaning.TAKEN) || standing.isDecision()
                ? Judgement.failed(
                        Whose.OFFICE,
                        "%s; asked for it, it has it all the same: %s".formatted(said.came(), standing.said()))
                : said;
    }
}
