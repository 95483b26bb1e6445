package org.shuniu.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.search.CaseSearch;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/** Finds cases by the numbers that people have of them, or by what and when; every statement has its index. */
final class CaseFinder {

    /** A case, without anything of its documents. */
    record Found(String caseNo, String itemCode, String sender, String receiver, String status, Instant receivedAt) {}

    /**
     * A stretch of time, and what of it.
     *
     * @param receiver the partner that decides, or null for all
     * @param item its code, or null for all
     * @param centre the code of one that received or accepts it, or null for all
     * @param status or null for all
     */
    record Filter(
            @Nullable String receiver,
            @Nullable String item,
            @Nullable String centre,
            @Nullable String status,
            Instant from,
            Instant to) {}

    /** An index that has the cases of one key in the order of time. */
    enum Walk {
        RECEIVER("n.receiver = k.key"),
        STATE("n.receiver = k.key and n.status = k.state"),
        SENDER("n.sender = k.key"),
        /** To whom anything of a case was sent that is not its sender. */
        TOLD("n.partner = k.key", "case_told", """
                select c.*, t.received_at as at from (%s) t cross join lateral (
                    select * from case_file f where f.case_no = t.case_no limit 1) c"""),
        ITEM("n.item_code = k.key"),
        RECEIVED_AT("n.receiving_centre = k.key"),
        ACCEPTED_AT("n.accepting_centre = k.key and n.accepting_centre is distinct from n.receiving_centre");

        /** The rows of a key and a time, newest first. */
        private final String rows;

        private final String cases;

        Walk(String which) {
            this(which, "case_file", "select c.*, c.received_at as at from (%s) c");
        }

        /** @param cases of the newest rows; each by its number and not by a join, for which the server might read every case */
        Walk(String which, String table, String cases) {
            this.rows =
                    "select * from %s n where %s and n.received_at >= ? and n.received_at < ? order by n.received_at desc"
                            .formatted(table, which);
            this.cases = cases.formatted(rows + " limit k.looks");
        }

        /**
         * Within each key, so that its limit counts what a person may see and nothing else; whom a case concerns is asked of the
         * newest only, or a person of a small partner would have every case of the time looked at.
         */
        String statement() {
            return """
                    select f.* from unnest(?::text[], ?::text[], ?::int[]) as k(key, state, looks) cross join lateral (
                        select c.* from (%s) c
                        where (?::text is null or c.receiver = ?) and (?::text is null or c.item_code = ?)
                            and (?::text is null or ? in (c.receiving_centre, c.accepting_centre))
                            and (?::text is null or c.status = ?) and %s
                        order by c.at desc limit ?) f
                    order by f.at desc limit ?
                    """.formatted(cases, CaseSearch.SEEN);
        }

        /** Whether there are more of the time than are looked at. */
        String beyond() {
            return """
                    select exists (select 1 from unnest(?::text[], ?::text[], ?::int[]) as k(key, state, looks)
                        cross join lateral (%s offset k.looks limit 1) more)
                    """.formatted(rows);
        }
    }

    /**
     * The newest cases of some keys.
     *
     * @param state of {@link Walk#STATE}
     */
    private record Look(
            Walk walk, List<String> keys, @Nullable String state) {

        Look(Walk walk, List<String> keys) {
            this(walk, keys, null);
        }

        /** @param most of all keys together */
        Object[] keysAndTime(Filter filter, int most) {
            String[] states = new String[keys.size()];
            Arrays.fill(states, state);
            return new Object[] {
                keys.toArray(String[]::new),
                states,
                Collections.nCopies(keys.size(), Math.max(1, most / Math.max(1, keys.size())))
                        .toArray(Integer[]::new),
                CaseFiles.utc(filter.from()),
                CaseFiles.utc(filter.to())
            };
        }
    }

    private static final String BY_NUMBER = """
            select c.* from case_file c where c.case_no in (
                select ?
                union select m.case_no from message m where m.id = ?
                union select d.case_no from delivery d where d.id = ?
                union select m.case_no from sender_case s join message m on m.id = s.message_id
                    where s.partner = any(?) and s.sender_case_no = ?
                union select m.case_no from message_key k join message m on m.id = k.message_id
                    where k.partner = any(?) and k.idempotency_key = ?)
            and %s order by c.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

    private static final String VISIBLE = """
            select c.* from case_file c where c.case_no = any(?) and %s order by c.received_at desc limit ?
            """.formatted(CaseSearch.SEEN);

    /** Each value of a column with an index, once: one look into it for each, however many rows there are. */
    private static final String EACH_ONCE = """
            (with recursive known(id) as (
                (select %1$s from %2$s order by %1$s limit 1)
                union all select (select %1$s from %2$s where %1$s > id order by %1$s limit 1) from known where id is not null)
            select id from known where id is not null)
            """;

    /** Who sent, received or numbered anything. */
    private static final String KNOWN = Stream.of(
                    EACH_ONCE.formatted("receiver", "case_file"),
                    EACH_ONCE.formatted("sender", "case_file"),
                    EACH_ONCE.formatted("partner", "sender_case"),
                    EACH_ONCE.formatted("partner", "message_key"))
            .collect(Collectors.joining("union "));

    /** Cases that one look at an index may read. */
    private static final int LOOKED_AT = 100_000;

    /** Such a part of that are few. */
    private static final int FEW = 10;

    private final JdbcTemplate sql;
    private final PartnerDirectory partners;
    private final int lookedAt;

    CaseFinder(JdbcTemplate sql, PartnerDirectory partners) {
        this(sql, partners, LOOKED_AT);
    }

    CaseFinder(JdbcTemplate sql, PartnerDirectory partners, int lookedAt) {
        this.sql = sql;
        this.lookedAt = lookedAt;
        this.partners = partners;
    }

    /** In the order of their ids; former ones too, while anything of theirs is kept. */
    SortedSet<String> partners() {
        SortedSet<String> all = new TreeSet<>(sql.queryForList(KNOWN, String.class));
        partners.all().forEach(partner -> all.add(partner.id()));
        return all;
    }

    /** A number of any kind: of the case, a message, a delivery, or one that a sender gave. */
    List<Found> byNumber(ConsoleUser who, String number, int most) {
        UUID id = uuid(number).orElse(null);
        String[] seen = who.partnersOrAll();
        String[] all = partners().toArray(String[]::new);
        return sql.query(
                BY_NUMBER, CaseFinder::read, number, id, id, all, number, all, number, seen, seen, seen, seen, most);
    }

    /** What a person asks of a time, with the looks that lead there: they are chosen once for all that is asked. */
    final class ByTime {

        private final ConsoleUser who;
        private final Filter filter;
        private final List<Look> looks;

        private ByTime(ConsoleUser who, Filter filter) {
            this.who = who;
            this.filter = filter;
            this.looks = shortest(who, filter);
        }

        /** The newest cases of the filter; one that moves from look to look is shown as it was seen last. */
        List<Found> newest(int most) {
            Map<String, Found> found = new HashMap<>();
            looks.forEach(look -> seen(who, filter, look, most).forEach(one -> found.put(one.caseNo(), one)));
            return found.values().stream()
                    .sorted(Comparator.comparing(Found::receivedAt).reversed().thenComparing(Found::caseNo))
                    .limit(most)
                    .toList();
        }

        /** Whether there are cases of that time at which {@link #newest} does not look. */
        boolean goesOn() {
            return isBeyond(looks, filter, lookedAt);
        }
    }

    ByTime byTime(ConsoleUser who, Filter filter) {
        return new ByTime(who, filter);
    }

    private List<Found> seen(ConsoleUser who, Filter filter, Look look, int most) {
        String[] seen = who.partnersOrAll();
        List<Object> values = new ArrayList<>(Arrays.asList(look.keysAndTime(filter, lookedAt)));
        for (String wanted : Arrays.asList(filter.receiver(), filter.item(), filter.centre(), filter.status())) {
            values.add(wanted);
            values.add(wanted);
        }
        values.addAll(Arrays.asList(seen, seen, seen, seen, most, most));
        return sql.query(look.walk().statement(), CaseFinder::read, values.toArray());
    }

    private boolean isBeyond(List<Look> looks, Filter filter, int most) {
        return looks.stream()
                .anyMatch(look -> Boolean.TRUE.equals(
                        sql.queryForObject(look.walk().beyond(), Boolean.class, look.keysAndTime(filter, most))));
    }

    /** Any of these leads to all cases of a filter; the last of whoever is limited has nothing that is not theirs. */
    private List<List<Look>> ways(ConsoleUser who, Filter filter) {
        List<List<Look>> ways = new ArrayList<>();
        if (filter.item() != null) {
            ways.add(List.of(new Look(Walk.ITEM, List.of(filter.item()))));
        }
        if (filter.centre() != null) {
            List<String> centre = List.of(filter.centre());
            ways.add(List.of(new Look(Walk.RECEIVED_AT, centre), new Look(Walk.ACCEPTED_AT, centre)));
        }
        if (filter.status() != null) {
            ways.add(List.of(new Look(Walk.STATE, receivers(filter), filter.status())));
        }
        if (filter.receiver() != null) {
            ways.add(List.of(new Look(Walk.RECEIVER, receivers(filter))));
        }
        if (who.partners() != null) {
            List<String> mine = List.copyOf(who.partners());
            ways.add(Stream.of(Walk.RECEIVER, Walk.SENDER, Walk.TOLD)
                    .map(walk -> new Look(walk, mine))
                    .toList());
        }
        if (ways.isEmpty()) {
            ways.add(List.of(new Look(Walk.RECEIVER, receivers(filter))));
        }
        return ways;
    }

    private List<String> receivers(Filter filter) {
        return filter.receiver() == null ? List.copyOf(partners()) : List.of(filter.receiver());
    }

    /** The first with few cases, or else the first that is looked at whole: what is rare is never looked for among what is frequent. */
    private List<Look> shortest(ConsoleUser who, Filter filter) {
        List<List<Look>> ways = ways(who, filter);
        return ways.size() == 1
                ? ways.get(0)
                : Stream.of(lookedAt / FEW, lookedAt)
                        .flatMap(most -> ways.stream().filter(way -> !isBeyond(way, filter, most)))
                        .findFirst()
                        .orElse(ways.get(who.partners() == null ? 0 : ways.size() - 1));
    }

    /** One case, for whoever may know of it. */
    Optional<Found> visible(ConsoleUser who, String caseNo) {
        return visible(who, List.of(caseNo), 1).stream().findFirst();
    }

    /** Those of these cases that a person may know of, newest first. */
    List<Found> visible(ConsoleUser who, Collection<String> caseNos, int most) {
        String[] seen = who.partnersOrAll();
        return sql.query(VISIBLE, CaseFinder::read, caseNos.toArray(String[]::new), seen, seen, seen, seen, most);
    }

    private static Optional<UUID> uuid(String number) {
        try {
            return Optional.of(UUID.fromString(number));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private static Found read(ResultSet row, int number) throws SQLException {
        return new Found(
                row.getString("case_no"),
                row.getString("item_code"),
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("status"),
                CaseFiles.instant(row, "received_at"));
    }
}
