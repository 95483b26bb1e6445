package org.shuniu.rotation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.store.Pools;
import org.shuniu.vault.BodyErased;
import org.shuniu.vault.Vault;
import org.shuniu.vault.VaultFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** The sealed values of one table, moved to the current key in the order of their rows. */
final class SealedColumn implements SealedPlace {

    private static final Logger LOG = LoggerFactory.getLogger(SealedColumn.class);
    private static final UUID FIRST = new UUID(0, 0);

    private record Value(UUID id, boolean sealed, int key) {}

    private record Sealed(UUID id, UUID owner, byte[] value) {}

    private final String table;
    private final String column;
    private final String sealedAs;
    private final String owner;
    private final JdbcTemplate sql;
    private final TransactionTemplate transaction;
    private final Vault vault;

    SealedColumn(SealedValues values, Pools.Door door, Vault vault) {
        this.table = values.table();
        this.column = values.column();
        this.sealedAs = values.sealedAs();
        this.owner = values.owner();
        this.sql = door.sql();
        this.transaction = door.transaction();
        this.vault = vault;
    }

    @Override
    public String name() {
        return table + "." + column;
    }

    @Override
    public Optional<Step> step(String after, int most) {
        return transaction.execute(status -> stepInTransaction(after, most));
    }

    /**
     * Only the first two bytes of a value are fetched to see its key; of what is erased nothing is left but the head. However many of
     * those there are, a step looks at so many rows, not for so many values.
     */
    private Optional<Step> stepInTransaction(String after, int most) {
        List<Value> looked = sql.query(
                """
                select id, coalesce(length(value) > 4, false) as sealed,
                    case when length(value) > 4 then get_byte(substring(value from 1 for 2), 1) end as key_id
                from (select id, %2$s as value from %1$s where id > ? order by id limit ?) r order by id
                """.formatted(table, column),
                (row, number) ->
                        new Value(row.getObject("id", UUID.class), row.getBoolean("sealed"), row.getInt("key_id")),
                after.isEmpty() ? FIRST : UUID.fromString(after),
                most);
        if (looked.isEmpty()) {
            return Optional.empty();
        }
        List<Value> values = looked.stream().filter(Value::sealed).toList();
        int current = vault.current();
        List<UUID> moved = move(values.stream()
                .filter(value -> value.key() != current)
                .map(Value::id)
                .toList());
        Map<Integer, Long> counts = new HashMap<>();
        values.forEach(value -> counts.merge(moved.contains(value.id()) ? current : value.key(), 1L, Long::sum));
        return Optional.of(new Step(looked.get(looked.size() - 1).id().toString(), counts, moved.size()));
    }

    /** A row that somebody else is changing is left to the next pass. */
    private List<UUID> move(List<UUID> old) {
        if (old.isEmpty()) {
            return old;
        }
        List<Sealed> locked = sql.query(
                "select id, %s, %s from %s where id = any(?) order by id for no key update skip locked"
                        .formatted(owner, column, table),
                (row, number) -> new Sealed(
                        row.getObject("id", UUID.class), row.getObject(owner, UUID.class), row.getBytes(column)),
                (Object) old.toArray(UUID[]::new));
        List<UUID> moved = new ArrayList<>();
        List<Object[]> rows = new ArrayList<>();
        for (Sealed value : locked) {
            resealed(value).ifPresent(renewed -> {
                moved.add(value.id());
                rows.add(new Object[] {renewed, value.id()});
            });
        }
        sql.batchUpdate("update %s set %s = ? where id = ?".formatted(table, column), rows);
        return moved;
    }

    private Optional<byte[]> resealed(Sealed value) {
        try {
            return Optional.of(vault.reseal(value.value(), sealedAs, value.owner()));
        } catch (BodyErased erased) {
            // It is emptied by whoever destroyed the secret, with all that goes with it.
            return Optional.of(value.value());
        } catch (VaultFailure damaged) {
            LOG.error("{} of row {} stays under its old key: {}", name(), value.id(), damaged.getMessage());
            return Optional.empty();
        }
    }
}
