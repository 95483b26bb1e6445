package org.shuniu.signature;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a signature may cover of a request or of an answer.
 *
 * @param method of a request, or null
 * @param target the address under which the request was meant for its receiver, or null
 * @param status of an answer, or 0
 * @param fields values by lower-case name, in their order
 */
public record SignedMessage(String method, URI target, int status, Map<String, List<String>> fields) {

    /** A request; its target is the address that both sides know, whatever stands between them. */
    public static SignedMessage request(String method, URI target, Map<String, List<String>> fields) {
        return new SignedMessage(method, target, 0, fields);
    }

    public static SignedMessage answer(int status, Map<String, List<String>> fields) {
        return new SignedMessage(null, null, status, fields);
    }

    /** The value of a covered component, empty when this message has none of that name. */
    Optional<String> component(String name) {
        return name.startsWith("@") ? derived(name) : field(name);
    }

    /** Several lines of one field are one value. */
    Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name))
                .filter(values -> !values.isEmpty())
                .map(values -> values.stream().map(String::strip).collect(Collectors.joining(", ")));
    }

    private Optional<String> derived(String name) {
        if (name.equals("@status")) {
            return status == 0 ? Optional.empty() : Optional.of(Integer.toString(status));
        }
        if (target == null) {
            return Optional.empty();
        }
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return Optional.ofNullable(
                switch (name) {
                    case "@method" -> method;
                    case "@target-uri" -> target.toString();
                    case "@authority" -> authority();
                    case "@scheme" -> target.getScheme().toLowerCase(Locale.ROOT);
                    case "@path" -> path();
                    case "@query" -> query.isEmpty() ? "?" : query;
                    case "@request-target" -> path() + query;
                    default -> null;
                });
    }

    private String path() {
        return target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    }

    /** Without the port that the scheme implies. */
    private String authority() {
        String scheme = target.getScheme().toLowerCase(Locale.ROOT);
        boolean implied = target.getPort() < 0
                || scheme.equals("https") && target.getPort() == 443
                || scheme.equals("http") && target.getPort() == 80;
        String host = target.getHost().toLowerCase(Locale.ROOT);
        return implied ? host : host + ":" + target.getPort();
    }
}
