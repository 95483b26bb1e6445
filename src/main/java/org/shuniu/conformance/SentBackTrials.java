package org.shuniu.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.conformance.Heard.Meaning;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.mapping.Rendered;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an office must send back as not agreed, and never take, work or decide. */
final class SentBackTrials {

    private static final String SENT_BACK = "sent back as invalid, and not worked";

    private final Contract contract;
    private final MadeUpCases cases;
    private final Agreed agreed;
    private final Openings openings;
    private final Optional<ChannelAdapter> stranger;

    /** @param stranger a way to the office with credentials that it can't know, where it asks for some */
    SentBackTrials(
            Contract contract, MadeUpCases cases, Agreed agreed, Openings openings, Optional<ChannelAdapter> stranger) {
        this.contract = contract;
        this.cases = cases;
        this.agreed = agreed;
        this.openings = openings;
        this.stranger = stranger;
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
            trials.add(unreadable(document));
        }
        trials.add(byAStranger());
        return trials;
    }

    private Trial missing(String document, ContractField field) {
        return sent("%s/missing-%s".formatted(document, field.name()), document, (office, message) -> {
            ObjectNode fields = office.fields(message);
            fields.remove(field.name());
            return office.encoded(message, fields);
        });
    }

    private Trial tooLong(String document, ContractField field) {
        String id = "%s/too-long-%s".formatted(document, field.name());
        if (field.isPapers()) {
            return Trial.notApplicable(id, SENT_BACK, "it is a list of papers, whose length is not agreed");
        }
        return sent(id, document, (office, message) -> {
            ObjectNode fields = office.fields(message);
            JsonNode value = fields.path(field.name());
            fields.put(field.name(), agreed.tooLong(field, value.asString("")));
            return office.encoded(message, fields);
        });
    }

    private Trial unknownCode(String document, ContractField field) {
        String id = "%s/unknown-code-%s".formatted(document, field.name());
        Optional<String> code = agreed.unknownCode(field);
        if (code.isEmpty()) {
            return Trial.notApplicable(id, SENT_BACK, "every text of its length is a code of the table");
        }
        return sent(id, document, (office, message) -> {
            ObjectNode fields = office.fields(message).put(field.name(), code.get());
            return office.encoded(message, fields);
        });
    }

    /** The first half of a document. */
    private Trial unreadable(String document) {
        return sent("%s/unreadable".formatted(document), document, (office, message) -> {
            Rendered whole = office.encoded(message, office.fields(message));
            return new Rendered(Arrays.copyOf(whole.body(), whole.body().length / 2), whole.mediaType());
        });
    }

    private Trial byAStranger() {
        String id = "application/by-a-stranger";
        String expected = "not let in";
        if (stranger.isEmpty()) {
            return Trial.notApplicable(
                    id, expected, "the hub shows no credentials: whoever reaches the address is let in");
        }
        return Trial.of(id, expected, office -> {
            Message message = cases.application();
            Office asStranger = new Office(office.way().by(stranger.get()), office.transcript());
            Heard heard = asStranger.send(message);
            return heard.is(Meaning.CREDENTIALS_REFUSED) ? Judgement.passed(heard.said()) : Judgement.sentBack(heard);
        });
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
            Message message = openings.of(office, document).message();
            Judgement said = Judgement.sentBack(office.send(message, forging.of(office, message)));
            return said.isPassed() && document.equals(Openings.APPLICATION) ? notWorked(office, message, said) : said;
        });
    }

    /** Some say that a message is invalid and work it all the same. */
    private static Judgement notWorked(Office office, Message message, Judgement said) throws InterruptedException {
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
