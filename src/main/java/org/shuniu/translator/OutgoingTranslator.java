package org.shuniu.translator;

import java.time.LocalDate;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.shuniu.delivery.Attempt;
import org.shuniu.delivery.Attempts;
import org.shuniu.delivery.DeliveryComponent;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.Translations;

/** Message Translator towards the partner that an attempt is for: {@code transformDataType} to {@code partner:out}. */
final class OutgoingTranslator extends Transformer {

    static final String NAME = "partner:out";

    private final Mappings mappings;
    private final PartnerDirectory partners;
    private final CaseEnvelope envelope;
    private final Translations translations;

    OutgoingTranslator(Mappings mappings, PartnerDirectory partners, CaseEnvelope envelope, Translations translations) {
        this.translations = translations;
        this.mappings = mappings;
        this.partners = partners;
        this.envelope = envelope;
        setName(NAME);
    }

    @Override
    public void transform(Message message, DataType from, DataType to) {
        Attempt attempt = message.getBody(Attempt.class);
        String operation = attempt.askFirst() ? "query" : attempt.document();
        AllowedFields allowed =
                new AllowedFields(partners.partner(attempt.receiver()).allowedFields());
        LocalDate day = LocalDate.ofInstant(attempt.file().receivedAt(), CaseTimes.SHANGHAI);
        Attempt stamped = attempt.askFirst()
                ? attempt
                : attempt.translatedBy(translations.of(attempt.receiver(), operation + ".out", day));
        // What can't be written is parked with the versions that could not write it.
        message.getExchange().setProperty(DeliveryComponent.ATTEMPT, stamped);
        Rendered rendered =
                mappings.render(attempt.receiver(), operation, allowed.filter(envelope.of(attempt)), Days.of(day));
        message.setBody(new Attempts.Request(stamped, operation, rendered.body(), rendered.mediaType()));
    }
}
