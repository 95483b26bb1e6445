package org.shuniu.console;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.WaitsFor;
import org.shuniu.document.CaseTimes;
import org.shuniu.gateway.StepTexts;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder;

/** Puts into words, in the reader's language and on Shanghai's clocks, what pages show. */
@Component("shown")
final class Shown {

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int SHORT = 16;
    /** Kinds of trouble in which a partner's name is that of a sender. */
    private static final Set<String> OF_SENDERS = Set.of("expiry", "silence");

    private final Catalogue catalogue;
    private final PartnerDirectory partners;
    private final MessageSource words;

    Shown(Catalogue catalogue, PartnerDirectory partners, MessageSource words) {
        this.catalogue = catalogue;
        this.partners = partners;
        this.words = words;
    }

    public boolean chinese() {
        return !LocaleContextHolder.getLocale().getLanguage().equals(Locale.ENGLISH.getLanguage());
    }

    /** A word of the bundle, for keys that are put together. */
    public String word(String key, @Nullable Object... values) {
        return words.getMessage(key, values, LocaleContextHolder.getLocale());
    }

    /** The word for a code, or the code where it has none. */
    public String code(String kind, @Nullable String code) {
        return code == null
                ? ""
                : String.valueOf(words.getMessage(kind + "." + code, null, code, LocaleContextHolder.getLocale()));
    }

    /** What a reason means; null where the hub has no other words for it. */
    public @Nullable String cause(@Nullable String reason) {
        return Cause.of(reason).map(cause -> word("cause." + cause.word())).orElse(null);
    }

    /** What can be done about something of this kind, and first about its cause. */
    public String advice(String kind, @Nullable String reason) {
        String advice = word("urgent.%s.do".formatted(kind));
        return Cause.of(reason)
                .map(cause -> word("advice", word("cause.%s.do".formatted(cause.word())), advice))
                .orElse(advice);
    }

    /**
     * Whose fault it is, by name where that is known.
     *
     * @param fault {@code receiver}, {@code hub}, {@code sender}, or null for nobody's
     * @param receiver to whom it goes
     */
    public String fault(@Nullable String fault, @Nullable String receiver) {
        return "receiver".equals(fault) && receiver != null
                ? word("fault.receiver.is", partner(receiver))
                : code("fault", fault == null ? "nobody" : fault);
    }

    /** Whose fault something of a kind is: of some kinds, the partner is who sends. */
    public String fault(String kind, @Nullable String fault, @Nullable String partner) {
        return "sender".equals(fault) && partner != null && OF_SENDERS.contains(kind)
                ? word("fault.sender.is", partner(partner))
                : fault(fault, partner);
    }

    /** @param moment an Instant or an OffsetDateTime, or null */
    public String time(@Nullable Object moment) {
        OffsetDateTime at = there(moment);
        return at == null ? "" : at.format(SECONDS);
    }

    /** Without the date where that is today's. */
    public String clock(@Nullable Object moment) {
        OffsetDateTime at = there(moment);
        if (at == null) {
            return "";
        }
        boolean today = at.toLocalDate().equals(LocalDate.now(CaseTimes.SHANGHAI));
        return at.format(today ? TODAY : SECONDS);
    }

    private static @Nullable OffsetDateTime there(@Nullable Object moment) {
        Object at = moment instanceof Timestamp stamp ? stamp.toInstant() : moment;
        if (at instanceof OffsetDateTime offset) {
            return offset.atZoneSameInstant(CaseTimes.SHANGHAI).toOffsetDateTime();
        }
        return at instanceof Instant instant
                ? instant.atZone(CaseTimes.SHANGHAI).toOffsetDateTime()
                : null;
    }

    /** How long ago. */
    public String since(@Nullable Object moment) {
        OffsetDateTime at = there(moment);
        return at == null ? "" : age(Duration.between(at, OffsetDateTime.now()).toSeconds());
    }

    /** A length of time in its two largest units. */
    public String age(long seconds) {
        Duration length = Duration.ofSeconds(Math.max(0, seconds));
        if (length.toDays() > 0) {
            return word("age.days", length.toDays(), length.toHoursPart());
        }
        if (length.toHours() > 0) {
            return word("age.hours", length.toHours(), length.toMinutesPart());
        }
        return length.toMinutes() > 0
                ? word("age.minutes", length.toMinutes(), length.toSecondsPart())
                : word("age.seconds", length.toSecondsPart());
    }

    public String partner(@Nullable String id) {
        return partners.find(id)
                .map(Partner::name)
                .map(name -> chinese() ? name.zh() : name.en())
                .orElse(id == null ? "" : id);
    }

    public String status(@Nullable String code) {
        return code == null
                ? ""
                : catalogue
                        .table("case-status.hub")
                        .code(code, LocalDate.now(CaseTimes.SHANGHAI))
                        .map(status -> chinese() ? status.nameZh() : status.nameEn())
                        .orElse(code);
    }

    public String item(String code, Instant at) {
        return catalogue
                .itemOfCase(code, LocalDate.ofInstant(at, CaseTimes.SHANGHAI))
                .map(item -> chinese() ? item.nameZh() : item.nameEn())
                .orElse(code);
    }

    public String step(String kind) {
        StepTexts.Text text = StepTexts.of(kind);
        return chinese() ? text.zh() : text.en();
    }

    public String next(WaitsFor waitsFor) {
        String next = chinese() ? waitsFor.text().zh() : waitsFor.text().en();
        if (waitsFor instanceof WaitsFor.Certificate certificate) {
            return next.replace(certificate.library(), partner(certificate.library()));
        }
        return waitsFor instanceof WaitsFor.Pause pause
                ? word("waits.pause", word("pause." + pause.reason()), next)
                : next;
    }

    /** Enough of a digest to compare by eye. */
    public String begin(@Nullable String digest) {
        return digest == null || digest.length() <= SHORT ? String.valueOf(digest) : digest.substring(0, SHORT);
    }

    /** A place, in parts between which a line may end. */
    public List<String> parts(String place) {
        return List.of(place.split("(?<=[^.\\[])(?=[.\\[])"));
    }

    /** A text for a field of several lines, of which browsers drop a first empty one. */
    public String field(String text) {
        return "\n" + text;
    }

    /** This page in another language. */
    public String here(String language) {
        UriComponentsBuilder here = ServletUriComponentsBuilder.fromCurrentRequest()
                .scheme(null)
                .host(null)
                .port(null);
        here.replacePath(String.valueOf(here.build().getPath())
                .replaceFirst("^(/messages/[^/]+|/deliveries/[^/]+|/users/[^/]+|/second|/workbench)/.*$", "$1"));
        try {
            return here.replaceQueryParam("lang", language).build(true).toUriString();
        } catch (IllegalArgumentException unreadable) {
            // No page has such questions, nor does any browser write them.
            return here.replaceQuery(null)
                    .queryParam("lang", language)
                    .build(true)
                    .toUriString();
        }
    }

    public String who() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof ConsoleUser user ? user.name() : "";
    }

    /** Whether the person has a password here. */
    public boolean local() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof ConsoleUser user && !user.isOfProvider();
    }

    /** Which parts of pages are worth showing; every page and every act asks for the right itself. */
    public boolean may(String right) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof ConsoleUser user && user.may(Right.valueOf(right));
    }

    public boolean sees(@Nullable String partner) {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof ConsoleUser user && user.sees(partner);
    }
}
