package org.shuniu.translator;

import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.versions.Translations;

/**
 * All that a message is translated by, as it stood at one moment. A message that is written by it is answered by it too: its
 * exchange keeps it to the end, whatever is swapped meanwhile.
 *
 * @param channels the way to each partner, by its id
 */
public record Translating(
        Mappings mappings,
        Catalogue catalogue,
        PartnerDirectory partners,
        DocumentSchemas schemas,
        Function<String, ChannelAdapter> channels) {

    private static final String PROPERTY = "translating";

    Translations.Texts texts() {
        return new Translations.Texts(mappings, catalogue);
    }

    /** What an exchange goes by that begins here. */
    static Translating begin(Exchange exchange, Supplier<Translating> now) {
        Translating begun = now.get();
        exchange.setProperty(PROPERTY, begun);
        return begun;
    }

    /** What an exchange goes by that may have begun before. */
    static Translating goOn(Exchange exchange, Supplier<Translating> now) {
        return Objects.requireNonNullElseGet(exchange.getProperty(PROPERTY, Translating.class), now);
    }
}
