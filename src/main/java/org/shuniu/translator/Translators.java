package org.shuniu.translator;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.shuniu.delivery.ReceivedAnswers;
import org.shuniu.versions.PastVersions;
import org.shuniu.versions.Translations;

/** Puts the translators into Camel's registry, where routes find them by name. */
public final class Translators {

    private final ReceivedAnswers received;
    private final Translations translations;
    private final PastVersions past;
    private final WireTap tap;
    private volatile Translating now;

    /**
     * What translates.
     *
     * @param now what messages are translated by until it is said otherwise
     * @param tap who sees what was translated
     */
    public Translators(
            Translating now, ReceivedAnswers received, Translations translations, PastVersions past, WireTap tap) {
        this.now = now;
        this.tap = tap;
        this.received = received;
        this.translations = translations;
        this.past = past;
    }

    /** From here on every message that begins is translated by this. */
    public void follow(Translating next) {
        now = next;
        translations.forget();
    }

    /** Called before the context starts. */
    public void register(CamelContext context) {
        register(context, new OutgoingTranslator(() -> now, translations, past, tap));
        register(context, new IncomingTranslator(() -> now, received, translations, tap));
    }

    private static void register(CamelContext context, Transformer transformer) {
        transformer.setCamelContext(context);
        context.getTransformerRegistry().put(new TransformerKey(transformer.getName()), transformer);
        context.getTransformerRegistry()
                .put(new TransformerKey(DataType.ANY, new DataType(transformer.getName())), transformer);
    }
}
