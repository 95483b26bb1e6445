package org.shuniu.embedded;

import java.util.Collection;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The front-end databases of the demo, one in the embedded server for each department that speaks by tables. */
public final class FrontEnds {

    private FrontEnds() {}

    /** What such a database is called. */
    static String database(String partner) {
        return partner.replace('-', '_');
    }

    /**
     * Their addresses, as the settings that partners' files name.
     *
     * @param url of a database of the embedded server, by its name
     */
    public static Map<String, Object> settings(Collection<String> partners, UnaryOperator<String> url) {
        return partners.stream()
                .collect(
                        Collectors.toMap("shuniu.partners.%s.url"::formatted, partner -> url.apply(database(partner))));
    }
}
