package org.shuniu.incident;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
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

    /**
     * What a notice tells.
     *
     * @param id of the notice
     * @param event {@code opened}, {@code urgent} or {@code closed}
     */
    record News(UUID id, String event, List<Incident> incidents, Instant at) {}

    /** Letters of one short message that is not in ASCII. */
    static final int SHORT_MESSAGE = 70;

    /** Of many together, so many are named. */
    private static final int NAMED = 3;

    private static final String CUT = "…";
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("MM-dd HH:mm");
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
    String json(News news) {
        Map<String, Object> notice = new LinkedHashMap<>();
        notice.put("id", news.id().toString());
        notice.put("event", news.event());
        notice.put("at", CaseTimes.dateTime(news.at()));
        notice.put("text", Map.of("zh", head(news, ZH), "en", head(news, EN)));
        notice.put("page", page(news));
        notice.put("incidents", news.incidents().stream().map(this::line).toList());
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
    String mail(News news) {
        StringBuilder text = new StringBuilder(head(news, ZH));
        for (Locale locale : List.of(ZH, EN)) {
            text.append("\n\n").append(head(news, locale));
            news.incidents().forEach(incident -> text.append("\n\n").append(described(incident, locale)));
        }
        return text.append("\n\n").append(page(news)).append('\n').toString();
    }

    /** For a telephone: one short message in Chinese, which names partners and figures and no person. */
    String sms(News news) {
        boolean one = news.incidents().size() == 1;
        Incident first = news.incidents().get(0);
        String key = "notice.sms." + news.event() + (one ? "" : ".many");
        String which = one
                ? Long.toString(first.id())
                : Integer.toString(news.incidents().size());
        String end = one ? word("notice.sms.end", ZH, minute(began(first)), fault(first, ZH)) : "";
        int room = SHORT_MESSAGE - word(key, ZH, which, "").length() - end.length();
        return word(key, ZH, which, cut(whats(news, ZH, "；"), room)) + end;
    }

    private static Instant began(Incident incident) {
        return incident.since() == null ? incident.openedAt() : incident.since();
    }

    private static String minute(Instant at) {
        return at.atZone(CaseTimes.SHANGHAI).format(MINUTES);
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = length - CUT.length();
        // A letter outside the basic plane takes two places and is not halved.
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    /** Where all of it is to be seen. */
    private String page(News news) {
        return news.incidents().size() == 1
                ? page + "/" + news.incidents().get(0).id()
                : page;
    }

    private String head(News news, Locale locale) {
        return word("notice." + news.event(), locale, news.incidents().size(), whats(news, locale, "; "));
    }

    private String whats(News news, Locale locale, String between) {
        return news.incidents().stream()
                .map(incident -> what(incident, locale))
                .limit(NAMED)
                .collect(Collectors.joining(between));
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
                "%s: %s".formatted(word("urgent.fault", locale), fault(incident, locale)),
                "%s: %s".formatted(word("urgent.next", locale), next),
                "%s: %s".formatted(word("urgent.do", locale), word(key + ".do", locale)));
    }

    private String fault(Incident incident, Locale locale) {
        return word("fault." + incident.fault(), locale);
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
