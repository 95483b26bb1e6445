package org.shuniu.incident;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.shuniu.catalogue.WorkingCalendar;
import org.shuniu.document.CaseTimes;

/** Sees that no cases come from or for a partner at an hour at which the same hour of the last working days had many. */
final class Silences implements Watcher {

    /**
     * Cases that came in a stretch of time.
     *
     * @param bySender of whom
     * @param byReceiver for whom
     */
    record Volume(Map<String, Long> bySender, Map<String, Long> byReceiver) {

        static final Volume NONE = new Volume(Map.of(), Map.of());
    }

    /** Counts cases that came from one time on and before another. */
    interface Counts {
        Volume between(Instant from, Instant to);

        /** Of whom or for whom any came. */
        default Set<String> heard(Instant from, Instant to) {
            Volume volume = between(from, to);
            Set<String> heard = new TreeSet<>(volume.bySender().keySet());
            heard.addAll(volume.byReceiver().keySet());
            return heard;
        }
    }

    private static final int DAYS_SEARCHED = 60;

    private final Counts counts;
    private final WorkingCalendar calendar;
    private final Clock clock;
    private final IncidentProperties.Silence bounds;
    private final Supplier<Set<String>> open;
    /** What is usual, by the hour; of the last hours only. */
    private final Map<LocalDateTime, Volume> usual = new HashMap<>();

    /** @param open whose silence is an incident already: the evening does not end that, and neither does a restart */
    Silences(
            Counts counts,
            Supplier<Set<String>> open,
            WorkingCalendar calendar,
            Clock clock,
            IncidentProperties.Silence bounds) {
        this.counts = counts;
        this.open = open;
        this.calendar = calendar;
        this.clock = clock;
        this.bounds = bounds;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.SILENCE);
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** The hour in which the silence began and that of now must both be busy ones: at noon and in the evening it is quiet. */
    @Override
    public List<Condition> look(Instant now) {
        Instant here = clock.instant();
        Instant since = here.minus(bounds.after());
        Volume before = usual(since);
        Volume present = usual(here);
        Set<String> came = counts.heard(since, here);
        List<Condition> senders = silent(before.bySender(), present.bySender(), came, since);
        boolean explained = senders.stream().anyMatch(Condition::opens);
        List<Condition> receivers = silent(before.byReceiver(), present.byReceiver(), came, since);
        List<Condition> silent = Stream.concat(
                        senders.stream(),
                        // Where a sender is silent, that nothing comes for others is the same incident.
                        receivers.stream().map(condition -> condition.opens(condition.opens() && !explained)))
                .toList();
        return Stream.concat(silent.stream(), still(silent, came, since).stream())
                .toList();
    }

    /** Of whom nothing is expected at this hour, and from whom nothing has come since something was. */
    private List<Condition> still(List<Condition> silent, Set<String> came, Instant since) {
        Set<String> rest = new TreeSet<>(open.get());
        rest.removeAll(came);
        silent.forEach(condition -> rest.remove(condition.key().partner()));
        return rest.stream()
                .map(partner -> new Condition(IncidentKind.SILENCE, partner, since, 0, "sender").opens(false))
                .toList();
    }

    private List<Condition> silent(
            Map<String, Long> before, Map<String, Long> present, Set<String> came, Instant since) {
        Set<String> partners = new TreeSet<>(before.keySet());
        partners.addAll(present.keySet());
        List<Condition> silent = new ArrayList<>();
        for (String partner : partners) {
            if (!came.contains(partner)) {
                long expected = Math.min(before.getOrDefault(partner, 0L), present.getOrDefault(partner, 0L));
                silent.add(new Condition(IncidentKind.SILENCE, partner, since, expected, "sender")
                        .opens(expected >= bounds.least()));
            }
        }
        return silent;
    }

    private Volume usual(Instant at) {
        LocalDateTime hour = LocalDateTime.ofInstant(at, CaseTimes.SHANGHAI).truncatedTo(ChronoUnit.HOURS);
        usual.keySet().removeIf(known -> known.isBefore(hour.minusDays(1)) || known.isAfter(hour.plusDays(1)));
        Volume known = usual.get(hour);
        if (known == null) {
            known = counted(hour);
            usual.put(hour, known);
        }
        return known;
    }

    private Volume counted(LocalDateTime hour) {
        if (calendar.day(hour.toLocalDate()) != WorkingCalendar.Day.WORKING) {
            return Volume.NONE;
        }
        List<Volume> days = new ArrayList<>();
        LocalDate day = hour.toLocalDate();
        for (int back = 1; back <= DAYS_SEARCHED && days.size() < bounds.days(); back++) {
            LocalDate past = day.minusDays(back);
            if (calendar.day(past) == WorkingCalendar.Day.WORKING) {
                Instant from = past.atTime(hour.toLocalTime())
                        .atZone(CaseTimes.SHANGHAI)
                        .toInstant();
                days.add(counts.between(from, from.plus(Duration.ofHours(1))));
            }
        }
        return new Volume(
                middle(days.stream().map(Volume::bySender).toList()),
                middle(days.stream().map(Volume::byReceiver).toList()));
    }

    /** The middle of the days, the lower of two: neither a holiday's rush nor an outage says what is usual. */
    static Map<String, Long> middle(List<Map<String, Long>> days) {
        Map<String, Long> middle = new HashMap<>();
        days.stream().map(Map::keySet).flatMap(Set::stream).distinct().forEach(partner -> {
            List<Long> counts = days.stream()
                    .map(day -> day.getOrDefault(partner, 0L))
                    .sorted()
                    .toList();
            middle.put(partner, counts.get((counts.size() - 1) / 2));
        });
        return middle;
    }
}
