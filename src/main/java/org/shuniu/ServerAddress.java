package org.shuniu;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the servers that an address names, with what the address says of how it is spoken to.
 *
 * @param host as it stands there, an IPv6 address in brackets
 * @param options by their names
 */
record ServerAddress(String host, Map<String, String> options) {

    private static final String HOST = "(\\[[0-9A-Fa-f:.%]+]|[A-Za-z0-9._-]+)";
    private static final Pattern OF_DATABASE = Pattern.compile("jdbc:postgresql://([^/?#@]+)/[^/?#@]*(?:\\?([^#]*))?");
    private static final Pattern SEVERAL_BROKERS = Pattern.compile("\\(([^()]+)\\)(?:\\?([^()#]*))?");
    private static final Pattern BROKER = Pattern.compile("tcp://" + HOST + "(?::\\d+)?/?(?:\\?([^()#,]*))?");
    private static final Pattern HOST_AND_PORT = Pattern.compile(HOST + "(?::\\d+)?");

    /** @throws IllegalArgumentException when it is not read with certainty, without a word of what stands in it */
    static List<ServerAddress> ofDatabase(String url) {
        Matcher address = matched(OF_DATABASE, url, "jdbc:postgresql://HOST:PORT/DATABASE?NAME=VALUE&…");
        Map<String, String> options = options(address.group(2));
        return Arrays.stream(address.group(1).split(",", -1))
                .map(server -> matched(HOST_AND_PORT, server, "hosts and ports with commas between"))
                .map(server -> new ServerAddress(server.group(1), options))
                .toList();
    }

    /** @throws IllegalArgumentException when it is not read with certainty, without a word of what stands in it */
    static List<ServerAddress> ofBroker(String url) {
        Matcher several = SEVERAL_BROKERS.matcher(url);
        boolean isSeveral = several.matches();
        Map<String, String> ofAll = options(isSeveral ? several.group(2) : null);
        return Arrays.stream((isSeveral ? several.group(1) : url).split(",", -1))
                .map(server ->
                        matched(BROKER, server, "tcp://HOST:PORT?NAME=VALUE&…, or (tcp://HOST:PORT,tcp://HOST:PORT)?…"))
                .map(server -> {
                    Map<String, String> own = new HashMap<>(ofAll);
                    own.putAll(options(server.group(2)));
                    return new ServerAddress(server.group(1), own);
                })
                .toList();
    }

    private static Matcher matched(Pattern pattern, String text, String expected) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected " + expected);
        }
        return matcher;
    }

    private static Map<String, String> options(String query) {
        Map<String, String> options = new HashMap<>();
        for (String option : query == null ? new String[0] : query.split("[&;]")) {
            int equals = option.indexOf('=');
            if (equals > 0) {
                options.put(option.substring(0, equals), option.substring(equals + 1));
            }
        }
        return options;
    }

    boolean says(String option, String value) {
        return value.equalsIgnoreCase(options.get(option));
    }
}
