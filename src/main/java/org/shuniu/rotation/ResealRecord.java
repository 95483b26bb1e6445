package org.shuniu.rotation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the run is, in the database, so that a run goes on after a restart. */
final class ResealRecord {

    /** The latest run. */
    record Run(String state, int toKey, String askedBy, Instant begunAt, int pass, Instant passBegun, Instant endedAt) {
        boolean running() {
            return state.equals("running");
        }
    }

    /** How far the pass is in one place, and what it counted there: values a key. */
    record Progress(String place, boolean done, long moved, Map<Integer, Long> valuesByKey) {}

    private final JdbcTemplate sql;

    ResealRecord(JdbcTemplate sql) {
        this.sql = sql;
    }

    Optional<Run> run() {
        return sql.query("select * from vault_reseal", ResealRecord::read).stream()
                .findFirst();
    }

    private static Run read(ResultSet row, int number) throws SQLException {
        OffsetDateTime ended = row.getObject("ended_at", OffsetDateTime.class);
        return new Run(
                row.getString("state"),
                row.getInt("to_key"),
                row.getString("asked_by"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getInt("pass"),
                row.getObject("pass_begun", OffsetDateTime.class).toInstant(),
                ended == null ? null : ended.toInstant());
    }

    void begin(String operator, int toKey, List<String> places) {
        sql.update("""
                insert into vault_reseal (state, to_key, asked_by, begun_at, pass_begun)
                values ('running', ?, ?, now(), now())
                on conflict (one) do update set state = 'running', to_key = excluded.to_key, asked_by = excluded.asked_by,
                    begun_at = now(), pass = 1, pass_begun = now(), ended_at = null
                """, toKey, operator);
        fromTheTop(places);
    }

    void nextPass(int toKey, List<String> places) {
        sql.update("update vault_reseal set pass = pass + 1, pass_begun = now(), to_key = ?", toKey);
        fromTheTop(places);
    }

    private void fromTheTop(List<String> places) {
        sql.update("delete from vault_reseal_count");
        sql.update("delete from vault_reseal_place");
        places.forEach(place -> sql.update("insert into vault_reseal_place (place) values (?)", place));
    }

    /** Where the pass is in a place; nothing when it is through. */
    Optional<String> after(String place) {
        return sql
                .queryForList("select after from vault_reseal_place where place = ? and not done", String.class, place)
                .stream()
                .findFirst();
    }

    /** Nothing when the pass began anew during the step. */
    void stepped(String place, String after, SealedPlace.Step step) {
        int places = sql.update(
                "update vault_reseal_place set after = ?, moved = moved + ? where place = ? and after = ?",
                step.last(),
                step.moved(),
                place,
                after);
        if (places == 0) {
            return;
        }
        step.counts().forEach((key, count) -> sql.update("""
                        insert into vault_reseal_count (place, key_id, amount) values (?, ?, ?)
                        on conflict (place, key_id) do update set amount = vault_reseal_count.amount + excluded.amount
                        """, place, key, count));
    }

    void through(String place, String after) {
        sql.update("update vault_reseal_place set done = true where place = ? and after = ?", place, after);
    }

    void end(String state) {
        sql.update("update vault_reseal set state = ?, ended_at = now()", state);
    }

    List<Progress> progress() {
        List<Progress> progress = new ArrayList<>();
        sql.query("select * from vault_reseal_place order by place", row -> {
            progress.add(new Progress(
                    row.getString("place"), row.getBoolean("done"), row.getLong("moved"), new TreeMap<>()));
        });
        for (Progress place : progress) {
            sql.query(
                    "select key_id, amount from vault_reseal_count where place = ?",
                    row -> {
                        place.valuesByKey().put(row.getInt("key_id"), row.getLong("amount"));
                    },
                    place.place());
        }
        return progress;
    }
}
