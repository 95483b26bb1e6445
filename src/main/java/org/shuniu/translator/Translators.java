package org.shuniu.translator;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapters;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.PastVersions;
import org.shuniu.versions.Translations;

/** Puts the translators into Camel's registry, where routes find them by name. */
public final class Translators {

    private final Mappings mappings;
    private final PartnerDirectory partners;
    private final Catalogue catalogue;
    private final ReceivedAnswers received;
    private final ChannelAdapters adapters;
    private final DocumentSchemas schemas;
    private final Translations translations;
    private final PastVersions past;
    private final WireTap tap;

    public Translators(
            Mappings mappings,
            PartnerDirectory partners,
            Catalogue catalogue,
            ReceivedAnswers received,
            ChannelAdapters adapters,
            DocumentSchemas schemas,
            Translations translations,
            PastVersions past,
            WireTap tap) {
        this.tap = tap;
        this.schemas = schemas;
        this.past = past;
        this.translations = translations;
        this.mappings = mappings;
        this.partners = partners;
        this.catalogue = catalogue;
        this.received = received;
        this.adapters = adapters;
    }

    /** Called before the context starts. */
    public void register(CamelContext context) {
        register(context, new OutgoingTranslator(mappings, partners, catalogue, translations, past, tap));
        register(context, new IncomingTranslator(mappings, received, adapters, schemas, translations, tap));
    }

    private static void register(CamelContext context, Transformer transformer) {
        transformer.setCamelContext(context);
        context.getTransformerRegistry().put(new TransformerKey(transformer.getName()), transformer);
        context.getTransformerRegistry()
                .put(new TransformerKey(DataType.ANY, new DataType(transformer.getName())), transformer);
    }
}
