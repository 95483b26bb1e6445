package org.shuniu.translator;

import java.time.LocalDate;
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
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.PastVersions;
import org.shuniu.versions.Translation;
import org.shuniu.versions.Translations;
import org.shuniu.versions.Versions;
import tools.jackson.databind.node.ObjectNode;

/** Message Translator towards the partner that an attempt is for: {@code transformDataType} to {@code partner:out}. */
final class OutgoingTranslator extends Transformer {

    private record By(Mappings mappings, Catalogue catalogue, LocalDate day, Translation translation) {}

    static final String NAME = "partner:out";

    private final Mappings mappings;
    private final Writing writing;
    private final Catalogue catalogue;
    private final PastVersions past;
    private final Translations translations;
    private final WireTap tap;

    OutgoingTranslator(
            Mappings mappings,
            PartnerDirectory partners,
            Catalogue catalogue,
            Translations translations,
            PastVersions past,
            WireTap tap) {
        this.tap = tap;
        this.translations = translations;
        this.mappings = mappings;
        this.writing = new Writing(partners, mappings);
        this.catalogue = catalogue;
        this.past = past;
        setName(NAME);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Attempt attempt = message.getBody(Attempt.class);
        String operation = attempt.askFirst() ? "query" : attempt.document();
        By by = by(attempt, operation);
        Attempt stamped = attempt.askFirst() ? attempt : attempt.translatedBy(by.translation());
        // What can't be written is parked with the versions that could not write it.
        message.getExchange().setProperty(DeliveryComponent.ATTEMPT, stamped);
        Rendered rendered = write(attempt, operation, by);
        message.setBody(new Attempts.Request(stamped, operation, rendered.body(), rendered.mediaType()));
    }

    private Rendered write(Attempt attempt, String operation, By by) {
        ObjectNode envelope = writing.envelope(attempt, operation, by.catalogue(), by.day());
        Days days = new Days(by.day(), translations.today());
        try {
            return writing.write(attempt, operation, by.mappings(), envelope, days);
        } finally {
            // What an old mapping writes once more says nothing of those that are in force.
            if (by.mappings() == mappings) {
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

    /** By what this attempt is written; a question is always one of now. */
    private By by(Attempt attempt, String operation) {
        LocalDate ofCase = LocalDate.ofInstant(attempt.file().receivedAt(), CaseTimes.SHANGHAI);
        Integer first = attempt.terms().firstTranslation();
        if (!attempt.askFirst() && attempt.terms().versions() == Versions.AS_FIRST && first != null) {
            PastVersions.Past past = this.past.of(first);
            return new By(past.mappings(), past.catalogue(), ofCase, past.translation());
        }
        boolean today = attempt.terms().versions() == Versions.CURRENT;
        LocalDate day = today ? translations.today() : ofCase;
        return new By(mappings, catalogue, day, translations.of(attempt.receiver(), operation + ".out", day));
    }
}
