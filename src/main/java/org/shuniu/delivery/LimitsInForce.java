package org.shuniu.delivery;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.partner.Partner;
import org.shuniu.store.RepeatedLook;
import org.springframework.jdbc.core.JdbcTemplate;

/** By which limits of partners this process goes now; it asks the database each second, and never for a call. */
final class LimitsInForce implements AutoCloseable {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final LimitTable table;
    private final Shares shares;
    private final RepeatedLook looks = new RepeatedLook("partner-limits", () -> EVERY, this::look);
    private volatile Map<String, LimitChange> changes = Map.of();

    /** @param alone whether no other process of the hub works on this database */
    LimitsInForce(JdbcTemplate sql, boolean alone) {
        this.table = new LimitTable(sql);
        this.shares = new Shares(sql, alone);
    }

    /** The first call already goes by them. */
    void start() {
        look();
        looks.start();
    }

    void look() {
        changes = Map.copyOf(table.counting());
        shares.look();
    }

    void wake() {
        looks.wake();
    }

    /** This process's share. */
    PartnerLimits of(Partner partner) {
        return shares.of(partner.id(), whole(partner));
    }

    /** Of all processes together. */
    PartnerLimits whole(Partner partner) {
        return PartnerLimits.of(partner.delivery(), changes.get(partner.id()));
    }

    @Nullable
    LimitChange change(String partner) {
        return changes.get(partner);
    }

    /** The partners whose hours are changed. */
    Set<String> otherHours() {
        Set<String> partners = new HashSet<>();
        changes.values().stream().filter(LimitChange::changesHours).forEach(change -> partners.add(change.partner()));
        return partners;
    }

    @Override
    public void close() {
        looks.stop(Duration.ofSeconds(5));
        shares.leave();
    }
}
