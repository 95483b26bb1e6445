package org.shuniu.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.shuniu.rotation.SealedValues;
import org.shuniu.vault.Month;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;

/** The values of one column that are bound to one month; every method runs in its caller's transaction. */
final class MonthOfValues {

    /** A value by its head. */
    private record Value(UUID id, boolean here, @Nullable String caseNo, boolean needed) {}

    /**
     * One step through the column.
     *
     * @param last where the next one goes on; nothing when there are no more
     * @param changed rows that were written
     */
    record Step(@Nullable UUID last, List<UUID> changed) {}

    private final SealedValues values;
    private final int month;
    private final JdbcTemplate sql;
    private final Vault vault;
    private final String heads;

    MonthOfValues(SealedValues values, int month, JdbcTemplate sql, Vault vault) {
        this.values = values;
        this.month = month;
        this.sql = sql;
        this.vault = vault;
        this.heads = """
                select id, coalesce(here, false) as here, case when here then %3$s end as case_no,
                    case when here then %4$s else false end as needed
                from (
                    select r.*, length(r.%2$s) > 4 and sealed_month(r.%2$s) = %5$d as here
                    from (select * from %1$s where id > ? order by id limit ?) r) t
                order by id
                """.formatted(values.table(), values.column(), values.caseNo(), values.needed(), month);
    }

    /** However much was emptied before: a step looks at so many rows, not for so many values. */
    private List<Value> next(UUID after, int most) {
        return sql.query(
                heads,
                (row, number) -> new Value(
                        row.getObject("id", UUID.class),
                        row.getBoolean("here"),
                        row.getString("case_no"),
                        row.getBoolean("needed")),
                after,
                most);
    }

    private static @Nullable UUID last(List<Value> looked) {
        return looked.isEmpty() ? null : looked.get(looked.size() - 1).id();
    }

    /** Binds what is needed longer to the month after which it is looked at again. */
    Step carry(UUID after, int most, CasesInTime cases, Instant now, int keep) {
        List<Value> looked = next(after, most);
        List<Value> here = looked.stream().filter(Value::here).toList();
        Map<String, Instant> until = here.isEmpty()
                ? Map.of()
                : cases.until(here.stream().map(Value::caseNo).toList());
        List<UUID> changed = new ArrayList<>();
        for (Value value : here) {
            Instant kept = value.needed()
                    ? Instant.MAX
                    : value.caseNo() == null ? Instant.MIN : until.getOrDefault(value.caseNo(), Instant.MIN);
            if (kept.isAfter(now) && bind(value.id(), later(kept, now, keep))) {
                changed.add(value.id());
            }
        }
        return new Step(last(looked), changed);
    }

    /** So that it is kept no longer than its time: its new month comes up for erasing when that is over. */
    private int later(Instant kept, Instant now, int keep) {
        int thisMonth = Month.of(now);
        int wanted = kept.equals(Instant.MAX) ? thisMonth : Month.of(RetentionProperties.later(kept, -keep));
        return Math.max(month + 1, Math.min(wanted, thisMonth));
    }

    private boolean bind(UUID id, int later) {
        List<Object[]> rows = sql.query(
                "select %s as owner, %s as value from %s where id = ? for no key update"
                        .formatted(values.owner(), values.column(), values.table()),
                (row, number) -> new Object[] {row.getObject("owner", UUID.class), row.getBytes("value")},
                id);
        if (rows.isEmpty()) {
            return false;
        }
        byte[] sealed = (byte[]) rows.get(0)[1];
        if (sealed == null || !Vault.month(sealed).equals(OptionalInt.of(month))) {
            return false;
        }
        byte[] bound = vault.bind(sealed, values.sealedAs(), (UUID) rows.get(0)[0], later);
        sql.update("update %s set %s = ? where id = ?".formatted(values.table(), values.column()), bound, id);
        return true;
    }

    /** Leaves only the heads of values that nobody can open any more. */
    Step empty(UUID after, int most) {
        List<Value> looked = next(after, most);
        List<UUID> changed = looked.stream().filter(Value::here).map(Value::id).toList();
        if (!changed.isEmpty()) {
            sql.update(
                    "update %1$s set %2$s = substring(%2$s from 1 for 4) where id = any(?)"
                            .formatted(values.table(), values.column()),
                    (Object) changed.toArray(UUID[]::new));
        }
        return new Step(last(looked), changed);
    }
}
