package org.shuniu.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.store.Json;
import tools.jackson.databind.node.ObjectNode;

/** An office with queues, in memory: it works by its contract as the simulated ones do, or as carelessly as a test wants it. */
final class PaperOffice implements Correspondence {

    /** @param times how often it has come by now */
    record Sent(String document, String id, String caseNo, int times) {

        boolean isApplication() {
            return document.equals("application");
        }
    }

    /** What it puts into its replies. */
    record Word(String correlation, String xml) {

        Word withId(String other) {
            return new Word(other, xml);
        }

        Word with(String text, String other) {
            return new Word(correlation, xml.replace(text, other));
        }
    }

    /** What it says of a message, where it would usually say something else or nothing. */
    interface Careless {
        List<Word> says(Sent sent, List<Word> usual);
    }

    private static final Pattern FIELD = Pattern.compile("<(\\w+)>([^<]*)</\\1>");
    private static final Pattern DOCUMENT =
            Pattern.compile("^(?:<\\?[^>]*>)?\\s*<(\\w+)Request>.*</\\1Request>\\s*$", Pattern.DOTALL);

    private final Contract contract;
    private final Arrivals arrivals = new Arrivals();
    private final Map<String, Integer> times = new ConcurrentHashMap<>();
    private Careless careless = (sent, usual) -> usual;
    private boolean letsAnybodyIn;
    private BiFunction<byte[], @Nullable String, Heard> reading = (body, type) -> {
        throw new IllegalStateException("nobody listens");
    };

    PaperOffice(Contract contract) {
        this.contract = contract;
    }

    PaperOffice that(Careless how) {
        careless = how;
        return this;
    }

    PaperOffice thatLetsAnybodyIn() {
        letsAnybodyIn = true;
        return this;
    }

    /** A decision under a number of the office's own. */
    static Word decision(Sent sent, String officeNo) {
        return word(sent.id(), sent.caseNo(), "DONE", officeNo);
    }

    static Word invalid(Sent sent) {
        return word(sent.id(), sent.caseNo(), "INVALID", "");
    }

    private static Word word(String id, String caseNo, String state, String officeNo) {
        return new Word(
                id,
                "<reply><eventId>E-%s-%s</eventId><caseNo>%s</caseNo><state>%s</state><stateTime>2026-11-24 10:20:00</stateTime><handler>经办一</handler><text>说明</text><officeNo>%s</officeNo></reply>"
                        .formatted(id, officeNo, caseNo, state, officeNo));
    }

    @Override
    public ChannelAdapter channel() {
        return this::take;
    }

    private Reply take(Call call) {
        Map<String, String> fields = new ConcurrentHashMap<>();
        String text = new String(call.body(), StandardCharsets.UTF_8);
        Matcher found = FIELD.matcher(text);
        while (found.find()) {
            fields.put(
                    found.group(1),
                    found.group(2).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
        }
        Matcher document = DOCUMENT.matcher(text);
        String id = call.messageId().toString();
        Sent sent =
                new Sent(document.find() ? document.group(1) : "", id, call.caseNo(), times.merge(id, 1, Integer::sum));
        careless.says(sent, usual(sent, fields)).forEach(this::say);
        return new Reply.Taken();
    }

    private List<Word> usual(Sent sent, Map<String, String> fields) {
        if (sent.document().isEmpty()) {
            return List.of();
        }
        if (contract.of(sent.document()).stream()
                .anyMatch(field -> isWrong(field, fields.getOrDefault(field.name(), "")))) {
            return List.of(invalid(sent));
        }
        return sent.isApplication() ? List.of(decision(sent, "B-" + sent.id())) : List.of();
    }

    private boolean isWrong(ContractField field, String value) {
        if (value.isBlank() || field.isPapers()) {
            return field.required() && !field.isPapers();
        }
        return value.length() > field.most()
                || field.codes()
                        .filter(table -> !contract.locals(table).contains(value))
                        .isPresent();
    }

    private void say(Word word) {
        ObjectNode envelope = Json.object();
        envelope.putObject("properties").put("correlationId", word.correlation());
        byte[] bytes = Json.bytes(envelope.put("text", word.xml()));
        arrivals.keep(new Arrivals.Arrived(bytes, reading.apply(bytes, "application/json")));
    }

    @Override
    public Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public boolean answersLater() {
        return true;
    }

    @Override
    public Possible<ChannelAdapter> stranger() {
        ChannelAdapter keptOut = call -> new Reply.CredentialsRefused("it does not know the hub", new byte[0]);
        return new Possible.As<>(letsAnybodyIn ? channel() : keptOut);
    }

    @Override
    public Possible<Halving> halving() {
        return new Possible.As<>(Halving.ofBody(channel()));
    }

    @Override
    public Possible<Together> together() {
        Together together = calls -> {
            calls.forEach(this::take);
            return new Reply.Taken();
        };
        return new Possible.As<>(together);
    }

    @Override
    public void listen(BiFunction<byte[], @Nullable String, Heard> understands) {
        reading = understands;
    }

    @Override
    public void close() {
        times.clear();
    }
}
