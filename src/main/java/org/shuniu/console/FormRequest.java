package org.shuniu.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A form that has come as a whole. Filters see it as it was sent, however it waited: none of them is passed by. */
final class FormRequest extends HttpServletRequestWrapper {

    private static final String FORM = "application/x-www-form-urlencoded";

    /** More than any form has; what is beyond is not read. */
    private static final int MOST_FIELDS = 1_000;

    private final Map<String, String[]> fields;

    FormRequest(HttpServletRequest request, byte[] body) {
        super(request);
        Map<String, List<String>> typed = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> typed.put(name, new ArrayList<>(List.of(values))));
        String type = request.getContentType();
        if (type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM)) {
            Pattern.compile("&")
                    .splitAsStream(new String(body, StandardCharsets.UTF_8))
                    .limit(MOST_FIELDS)
                    .forEach(field -> add(typed, field));
        }
        fields = new LinkedHashMap<>();
        typed.forEach((name, values) -> fields.put(name, values.toArray(String[]::new)));
    }

    private static void add(Map<String, List<String>> typed, String field) {
        String[] parts = field.split("=", 2);
        String name = decoded(parts[0]);
        String value = parts.length == 2 ? decoded(parts[1]) : "";
        if (name != null && !name.isEmpty() && value != null) {
            typed.computeIfAbsent(name, none -> new ArrayList<>()).add(value);
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
