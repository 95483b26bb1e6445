package org.shuniu.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A form that has come as a whole. Filters see it as it was sent, however it waited: none of them is passed by. */
final class FormRequest extends HttpServletRequestWrapper {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final Map<String, String[]> fields;

    FormRequest(HttpServletRequest request, byte[] body) {
        super(request);
        fields = new LinkedHashMap<>(request.getParameterMap());
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            Stream.of(new String(body, StandardCharsets.UTF_8).split("&")).forEach(this::add);
        }
    }

    private void add(String field) {
        String[] parts = field.split("=", 2);
        String name = decoded(parts[0]);
        String value = parts.length == 2 ? decoded(parts[1]) : "";
        if (name != null && !name.isEmpty() && value != null) {
            fields.merge(
                    name,
                    new String[] {value},
                    (before, more) ->
                            Stream.of(before, more).flatMap(Stream::of).toArray(String[]::new));
        }
    }

    /** Null for what no form has sent. */
    private static @Nullable String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    @Override
    public DispatcherType getDispatcherType() {
        DispatcherType type = super.getDispatcherType();
        return type == DispatcherType.ASYNC ? DispatcherType.REQUEST : type;
    }

    @Override
    public @Nullable String getParameter(String name) {
        String[] values = fields.get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        String[] values = fields.get(name);
        return values == null ? null : values.clone();
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(fields);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(fields.keySet());
    }
}
