package org.shuniu.translator;

import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.shuniu.delivery.Attempt;
import org.shuniu.delivery.Attempts;
import org.shuniu.mapping.Mappings;
import org.shuniu.mapping.Rendered;
import org.shuniu.partner.PartnerDirectory;

/** Message Translator towards the partner that an attempt is for: {@code transformDataType} to {@code partner:out}. */
final class OutgoingTranslator extends Transformer {

    static final String NAME = "partner:out";

    private final Mappings mappings;
    private final PartnerDirectory partners;
    private final CaseEnvelope envelope;

    OutgoingTranslator(Mappings mappings, PartnerDirectory partners, CaseEnvelope envelope) {
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
        Rendered rendered = mappings.render(attempt.receiver(), operation, allowed.filter(envelope.of(attempt)));
        message.setBody(new Attempts.Request(attempt, operation, rendered.body(), rendered.mediaType()));
    }
}
