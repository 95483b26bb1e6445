package org.shuniu.incident;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.shuniu.store.CaseFiles;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sees processes that run and do not go by the version of routes, mappings and partners that is in force, and departments to which the
 * hub sends nothing because nobody's test system has passed with the files that it started with.
 */
final class FilesFollowed implements Watcher {

    private record Behind(
            String place, String version, @Nullable String fault, Instant since) {}

    /** To follow takes a check of all files, and may take a drain of each route. */
    private static final String BEHIND = """
            select f.place, f.version, f.fault, s.at from configuration_follower f
            join (select version, at from configuration_swap order by seq desc limit 1) s
                on f.version <> s.version or f.fault is not null
            where f.at > now() - interval '10 seconds' and (f.fault is not null or s.at < now() - interval '2 minutes')
            order by f.place
            """;

    private static final String HELD = """
            select partner, since, note from pause where reason = 'untried' order by partner
            """;

    private static final int LONGEST = 300;

    private final JdbcTemplate sql;

    FilesFollowed(JdbcTemplate sql) {
        this.sql = sql;
    }

    @Override
    public Set<IncidentKind> kinds() {
        return Set.of(IncidentKind.CONFIGURATION);
    }

    @Override
    public List<Condition> look(Instant now) {
        return Stream.concat(behind().stream(), held().stream()).toList();
    }

    /** About no case: what waits there is told as all that waits is. */
    private List<Condition> held() {
        return sql.query(
                HELD,
                (row, number) -> new Condition(
                                IncidentKind.CONFIGURATION,
                                row.getString("partner"),
                                CaseFiles.instant(row, "since"),
                                0,
                                "hub")
                        .saying(cut(row.getString("note"))));
    }

    private List<Condition> behind() {
        List<Behind> behind = sql.query(
                BEHIND,
                (row, number) -> new Behind(
                        row.getString("place"),
                        row.getString("version"),
                        row.getString("fault"),
                        Objects.requireNonNull(CaseFiles.instant(row, "at"))));
        if (behind.isEmpty()) {
            return List.of();
        }
        Instant since = behind.stream()
                .map(Behind::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        String said = behind.stream().map(FilesFollowed::words).collect(Collectors.joining("; "));
        return List.of(new Condition(IncidentKind.CONFIGURATION, null, since, behind.size(), "hub").saying(cut(said)));
    }

    private static String cut(String said) {
        return said.length() > LONGEST ? said.substring(0, LONGEST) + "…" : said;
    }

    private static String words(Behind process) {
        return "%s goes by %s%s"
                .formatted(process.place(), process.version(), process.fault() == null ? "" : ": " + process.fault());
    }
}
