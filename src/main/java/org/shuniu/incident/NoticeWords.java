package org.shuniu.incident;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.shuniu.document.CaseTimes;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.context.MessageSource;
import tools.jackson.databind.json.JsonMapper;

/** What a notice says, in both languages and the console's words. */
final class NoticeWords {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Locale ZH = Locale.SIMPLIFIED_CHINESE;
    private static final Locale EN = Locale.ENGLISH;

    private final MessageSource words;
    private final PartnerDirectory partners;
    private final String page;

    /** @param page where incidents are to be seen */
    NoticeWords(MessageSource words, PartnerDirectory partners, String page) {
        this.words = words;
        this.partners = partners;
        this.page = page;
    }

    /** For programs. */
    String json(UUID id, String event, List<Incident> incidents, Instant at) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("id", id.toString());
        notice.put("event", event);
        notice.put("at", CaseTimes.dateTime(at));
        notice.put("text", Map.of("zh", head(event, incidents, ZH), "en", head(event, incidents, EN)));
        notice.put("page", page);
        notice.put("incidents", incidents.stream().map(this::line).toList());
        return JSON.writeValueAsString(notice);
    }

    private Map<String, Object> line(Incident incident) {
        Map<String, Object> line = IncidentController.line(incident);
        // Who works on it is nobody's business outside.
        line.keySet().removeAll(Set.of("acknowledgedBy", "assignedTo"));
        line.put("text", Map.of("zh", what(incident, ZH), "en", what(incident, EN)));
        return line;
    }

    /** For people: the first line is the subject. */
    String mail(String event, List<Incident> incidents) {
        StringBuilder text = new StringBuilder(head(event, incidents, ZH));
        for (Locale locale : List.of(ZH, EN)) {
            text.append("\n\n").append(head(event, incidents, locale));
            incidents.forEach(incident -> text.append("\n\n").append(described(incident, locale)));
        }
        return text.append("\n\n").append(page).append('\n').toString();
    }

    private String head(String event, List<Incident> incidents, Locale locale) {
        String what = incidents.size() == 1
                ? what(incidents.get(0), locale)
                : incidents.stream()
                        .map(incident -> what(incident, locale))
                        .limit(3)
                        .collect(Collectors.joining("; "));
        return word("notice." + event, locale, incidents.size(), what);
    }

    private String described(Incident incident, Locale locale) {
        String key = "urgent." + incident.kind().word();
        String next = incident.next() == null
                ? word(key + ".next", locale)
                : word(key + ".at", locale, CaseTimes.dateTime(incident.next()));
        return String.join(
                "\n",
                "#%d %s".formatted(incident.id(), what(incident, locale)),
                String.valueOf(incident.said() == null ? "" : incident.said()),
                "%s: %s".formatted(word("urgent.fault", locale), word("fault." + incident.fault(), locale)),
                "%s: %s".formatted(word("urgent.next", locale), next),
                "%s: %s".formatted(word("urgent.do", locale), word(key + ".do", locale)));
    }

    private String what(Incident incident, Locale locale) {
        return word("incidents.is." + incident.kind().word(), locale, whom(incident, locale), incident.cases());
    }

    private String whom(Incident incident, Locale locale) {
        if (incident.partner() == null) {
            return word("brand", locale);
        }
        return partners.find(incident.partner())
                .map(Partner::name)
                .map(name -> locale.equals(ZH) ? name.zh() : name.en())
                .orElse(incident.partner());
    }

    private String word(String key, Locale locale, Object... values) {
        return words.getMessage(key, values, locale);
    }
}
