package org.shuniu.followup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.shuniu.store.Json;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ObjectNode;

/** What of a case decides whether a rule holds, read from the database only where a rule asks for it. */
final class CaseServices {

    private static final String KEEP = """
            insert into case_service (case_no, services) values (?, ?)
            on conflict (case_no) do update set services = excluded.services
            """;
    private static final String WAS_IN = """
            select exists (select 1 from event where case_no = ? and kind = 'status' and status = ?)
            """;

    private final JdbcTemplate sql;
    private final Vault vault;

    CaseServices(JdbcTemplate sql, Vault vault) {
        this.sql = sql;
        this.vault = vault;
    }

    void keep(String caseNo, Set<String> services) {
        sql.update(KEEP, caseNo, services.toArray(String[]::new));
    }

    boolean wasIn(String caseNo, String status) {
        return Boolean.TRUE.equals(sql.queryForObject(WAS_IN, Boolean.class, caseNo, status));
    }

    /**
     * Those whose wish was expressed and whose receiver was sent what must have come before, or is by an earlier change of these: a case
     * may move twice before either is written.
     */
    List<FollowUps.Match> holding(List<FollowUps.Match> matches) {
        Map<String, Set<String>> wished =
                services(cases(matches, match -> !match.rule().wish().isEmpty()));
        Map<String, Set<String>> sent =
                sent(cases(matches, match -> !match.rule().after().isEmpty()));
        List<FollowUps.Match> holding = new ArrayList<>();
        List<FollowUps.Match> ofThisChange = new ArrayList<>();
        for (FollowUps.Match match : matches) {
            if (!ofThisChange.isEmpty() && ofThisChange.get(0).change() != match.change()) {
                ofThisChange.forEach(
                        opened -> sent.computeIfAbsent(opened.change().file().caseNo(), caseNo -> new HashSet<>())
                                .add(word(opened, opened.rule().document())));
                ofThisChange.clear();
            }
            if (holds(match, match.rule().wish(), match.rule().wish(), wished)
                    && holds(
                            match,
                            match.rule().after(),
                            word(match, match.rule().after()),
                            sent)) {
                holding.add(match);
                ofThisChange.add(match);
            }
        }
        return holding;
    }

    private static String word(FollowUps.Match match, String document) {
        return match.receiver() + " " + document;
    }

    private static boolean holds(FollowUps.Match match, String asked, String word, Map<String, Set<String>> known) {
        return asked.isEmpty()
                || known.getOrDefault(match.change().file().caseNo(), Set.of()).contains(word);
    }

    private static Set<String> cases(List<FollowUps.Match> matches, Predicate<FollowUps.Match> asks) {
        Set<String> cases = new HashSet<>();
        matches.stream()
                .filter(asks)
                .forEach(match -> cases.add(match.change().file().caseNo()));
        return cases;
    }

    private Map<String, Set<String>> services(Collection<String> cases) {
        return words(cases, "select case_no, unnest(services) as word from case_service where case_no = any(?)");
    }

    private Map<String, Set<String>> sent(Collection<String> cases) {
        return words(cases, "select case_no, receiver || ' ' || document as word from delivery where case_no = any(?)");
    }

    private Map<String, Set<String>> words(Collection<String> cases, String select) {
        Map<String, Set<String>> words = new HashMap<>();
        if (!cases.isEmpty()) {
            sql.query(
                    select,
                    row -> {
                        words.computeIfAbsent(row.getString("case_no"), caseNo -> new HashSet<>())
                                .add(row.getString("word"));
                    },
                    (Object) cases.toArray(String[]::new));
        }
        return words;
    }

    /** The application of each match's case. */
    Map<FollowUps.Match, ObjectNode> applications(List<FollowUps.Match> matches) {
        Map<UUID, ObjectNode> bodies = new HashMap<>();
        sql.query(
                "select id, body from message where id = any(?::uuid[])",
                row -> {
                    UUID id = row.getObject("id", UUID.class);
                    bodies.put(id, (ObjectNode) Json.tree(vault.open(row.getBytes("body"), "message.body", id)));
                },
                (Object) matches.stream()
                        .map(match -> match.change().file().applicationId().toString())
                        .distinct()
                        .toArray(String[]::new));
        Map<FollowUps.Match, ObjectNode> applications = new LinkedHashMap<>();
        matches.forEach(match -> applications.put(
                match, bodies.getOrDefault(match.change().file().applicationId(), Json.object())));
        return applications;
    }
}
