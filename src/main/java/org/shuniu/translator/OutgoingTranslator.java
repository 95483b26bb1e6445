package org.shuniu.translator;

import java.time.LocalDate;
import java.util.function.Supplier;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.delivery.Attempt;
import org.shuniu.delivery.Attempts;
import org.shuniu.delivery.DeliveryComponent;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.versions.PastVersions;
import org.shuniu.versions.Translation;
import org.shuniu.versions.Translations;
import org.shuniu.versions.Versions;
import tools.jackson.databind.node.ObjectNode;

/** Message Translator towards the partner that an attempt is for: {@code transformDataType} to {@code partner:out}. */
final class OutgoingTranslator extends Transformer {

    private record By(Mappings mappings, Catalogue catalogue, LocalDate day, Translation translation) {}

    static final String NAME = "partner:out";

    private final Supplier<Translating> now;
    private final PastVersions past;
    private final Translations translations;
    private final WireTap tap;

    /** @param now by what a message is translated that begins now */
    OutgoingTranslator(Supplier<Translating> now, Translations translations, PastVersions past, WireTap tap) {
        this.now = now;
        this.translations = translations;
        this.tap = tap;
        this.past = past;
        setName(NAME);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Attempt attempt = message.getBody(Attempt.class);
        String operation = attempt.askFirst() ? "query" : attempt.document();
        Translating translating = Translating.begin(message.getExchange(), now);
        By by = by(translating, attempt, operation);
        Attempt stamped = attempt.askFirst() ? attempt : attempt.translatedBy(by.translation());
        // What can't be written is parked with the versions that could not write it.
        message.getExchange().setProperty(DeliveryComponent.ATTEMPT, stamped);
        Rendered rendered = write(attempt, operation, by, translating);
        message.setBody(new Attempts.Request(
                stamped,
                operation,
                rendered.body(),
                rendered.mediaType(),
                translating.channels().apply(attempt.receiver())));
    }

    private Rendered write(Attempt attempt, String operation, By by, Translating translating) {
        Writing writing = new Writing(translating.partners(), translating.mappings());
        ObjectNode envelope = writing.envelope(attempt, operation, by.catalogue(), by.day());
        Days days = new Days(by.day(), translations.today());
        try {
            return writing.write(attempt, operation, by.mappings(), envelope, days);
        } finally {
            // What an old mapping writes once more says nothing of those that are in force.
            if (isInForce(by.mappings(), translating.mappings(), attempt.receiver())) {
                tap.written(new WireTap.Outgoing(
                        attempt.receiver(),
                        operation,
                        attempt.messageId(),
                        attempt.body().length,
                        attempt.file().itemCode(),
                        envelope,
                        days));
            }
        }
    }

    private static boolean isInForce(Mappings by, Mappings inForce, String partner) {
        return by == inForce
                || by.partners().contains(partner)
                        && inForce.partners().contains(partner)
                        && by.version(partner).equals(inForce.version(partner));
    }

    /** By what this attempt is written; a question is always one of now. */
    private By by(Translating translating, Attempt attempt, String operation) {
        LocalDate ofCase = LocalDate.ofInstant(attempt.file().receivedAt(), CaseTimes.SHANGHAI);
        Integer first = attempt.terms().firstTranslation();
        if (!attempt.askFirst() && attempt.terms().versions() == Versions.AS_FIRST && first != null) {
            PastVersions.Past past = this.past.of(first);
            return new By(past.mappings(), past.catalogue(), ofCase, past.translation());
        }
        boolean today = attempt.terms().versions() == Versions.CURRENT;
        LocalDate day = today ? translations.today() : ofCase;
        return new By(
                translating.mappings(),
                translating.catalogue(),
                day,
                translations.of(translating.texts(), attempt.receiver(), operation + ".out", day));
    }
}
