package org.shuniu.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.shuniu.channel.RowSink;
import org.shuniu.conformance.Heard.Meaning;

/**
 * Keeps what an office says of cases that were made up here, and refuses whatever else lies there. What is refused is neither
 * acknowledged nor marked: kept in memory only, somebody's decision would be lost with this process.
 */
final class OwnWords implements RowSink {

    /** As a hub takes rows of tables and messages of queues. */
    private static final String MEDIA_TYPE = "application/json";
    /** As hubs number their cases; whatever else stands in that place may be anything, a person's number too. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{19}");

    private final String place;
    private final Arrivals arrivals;
    private final BiFunction<byte[], @Nullable String, Heard> reading;
    private final Set<String> sent = ConcurrentHashMap.newKeySet();

    /**
     * @param place where the office puts its words, as its people call it
     * @param reading understands the bytes of a media type
     */
    OwnWords(String place, Arrivals arrivals, BiFunction<byte[], @Nullable String, Heard> reading) {
        this.place = place;
        this.arrivals = arrivals;
        this.reading = reading;
    }

    /** A message goes to the office, which may speak of it by its id alone. */
    void sent(UUID message) {
        sent.add(message.toString());
    }

    /** @throws SomebodyElses for whatever is not about a case that was made up */
    @Override
    public void keep(String partner, String key, byte[] row) {
        Heard heard = reading.apply(row, MEDIA_TYPE);
        if (!isOwn(heard, row)) {
            throw new SomebodyElses(
                    "%s holds somebody else's: %s, expected nothing but words about cases that `conform` makes up. It was left as it lies there. Whoever it is for (a hub that reads there, a person who tries something by hand) takes it first, or the test system gets another place for its words"
                            .formatted(place, what(heard)));
        }
        arrivals.keep(new Arrivals.Arrived(row, heard));
    }

    /** What nobody can read is one's own where it names one's own case or message: it may be the office's answer to a trial. */
    private boolean isOwn(Heard heard, byte[] row) {
        if (heard.isMadeUp() || sent.contains(heard.messageId())) {
            return true;
        }
        String text = new String(row, StandardCharsets.UTF_8);
        return heard.is(Meaning.UNCLEAR)
                && (MadeUpCases.areNamedIn(text) || sent.stream().anyMatch(text::contains));
    }

    private static String what(Heard heard) {
        if (NUMBER.matcher(heard.caseNo()).matches()) {
            return "a word about case " + heard.caseNo();
        }
        return heard.is(Meaning.UNCLEAR)
                ? "something that result.in cannot read and that names no such case"
                : "a word that names no such case";
    }
}
