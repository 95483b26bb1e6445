package org.shuniu.restoration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.shuniu.audit.AuditLog;
import org.shuniu.evidence.RestoredEvidence;
import org.shuniu.evidence.SealKey;
import org.shuniu.evidence.VisitorChains;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A database into which a backup was restored, before a hub starts on it.
 *
 * <p>The hub whose backup it is went on after the backup was taken, so nobody knows what became of any delivery that is due and not
 * settled in it: each becomes a claim that lapsed, with which the hub deals as its partner says (ask, repeat with the same id, or leave it to a
 * person).
 */
public final class RestoredDatabase {

    /**
     * Who restored the backup, and why.
     *
     * @param actor as the audit knows him
     */
    public record ByWhom(String actor, String name, String reason) {}

    private static final String IN_FORCE = "select id from incarnation order by since desc, id limit 1";
    /** The newest is in force, and the clock of the other machine may have been ahead. */
    private static final String BEGIN = """
            insert into incarnation (id, since)
            select ?, greatest(now(), max(since) + interval '1 microsecond') from incarnation
            """;

    /** What follows from a case at a later time than now was not sent yet, whoever worked on meanwhile. */
    private static final String PENDING = "state = 'pending' and coalesce(not_before, '-infinity') <= now()";

    private static final String COUNT = "select count(*) from delivery where " + PENDING;
    private static final String LAPSE =
            "update delivery set claim_owner = ?, claim_until = now(), sent_until = null where " + PENDING;
    /** Somebody may have sent it again after the backup: whoever does so now asks first where that is possible. */
    private static final String LEFT_TO_PEOPLE =
            "update delivery set outcome_unknown = true where state = 'parked' and not outcome_unknown";

    /** Somebody may have sent or given up since what a plan still holds: a person looks before it goes on. */
    private static final String PLANS =
            "update plan set state = 'paused', waits = null where state = 'running' returning id";

    private static final String FILES = """
            update batch set claim_owner = null, claim_until = null where claim_until is not null
            """;
    /**
     * Numbers of cases that were given after the backup are never given again, nor those of an earlier restoration of the same one: each
     * minute has 100,000 of its own. They are of a day, and of nine digits.
     */
    private static final String BEYOND = """
            select setval('case_serial', (select last_value from case_serial)
                + 100000000 + (extract(epoch from now())::bigint / 60 % 8000) * 100000)
            """;

    private final Pools.Door door;
    private final RestoredEvidence evidence;
    private final AuditLog audit;

    private RestoredDatabase(Pools.Door door, RestoredEvidence evidence) {
        this.door = door;
        this.evidence = evidence;
        this.audit = new AuditLog(door.sql(), door.transaction(), new VisitorChains(door)::act);
    }

    /**
     * Looks at it and changes nothing.
     *
     * @param seals the directory of the seals outside the database
     * @param beat how often a hub says that it runs
     * @param silent after how long without that it is gone
     * @throws IllegalStateException where a hub lives on it, or the seals are another hub's
     */
    public static RestoredDatabase visit(Pools.Door door, Path seals, SealKey key, Duration beat, Duration silent)
            throws InterruptedException {
        new LivingHubs(door.sql(), beat, silent).requireNone();
        return new RestoredDatabase(door, RestoredEvidence.read(door, seals, key));
    }

    /** What a new incarnation of it comes to. */
    public String text() {
        return "%d delivery(s) that the backup holds as not settled have an unknown outcome; of the evidence %s"
                .formatted(door.sql().queryForObject(COUNT, Long.class), evidence.text());
    }

    /** Begins the new incarnation, all of it or nothing; returns its id. */
    public UUID begin(ByWhom who) {
        UUID incarnation = UUID.randomUUID();
        door.transaction().executeWithoutResult(status -> {
            JdbcTemplate sql = door.sql();
            // A hub that starts meanwhile waits, and reads the new one.
            sql.execute("lock table incarnation");
            String text = text();
            UUID before = sql.queryForObject(IN_FORCE, UUID.class);
            sql.update(BEGIN, incarnation);
            sql.update(LAPSE, incarnation);
            sql.update(LEFT_TO_PEOPLE);
            sql.queryForList(PLANS, UUID.class)
                    .forEach(plan -> audit.record(
                            who.actor(),
                            "plan-paused",
                            plan.toString(),
                            "by the restoration %s".formatted(incarnation)));
            sql.update(FILES);
            sql.update("delete from hub_process");
            sql.update("update lease set until = now()");
            sql.queryForObject(BEYOND, Long.class);
            evidence.keep(new RestoredEvidence.Act(incarnation, before, Instant.now(), who.name(), who.reason()));
            audit.record(
                    who.actor(),
                    RestoredEvidence.ACT,
                    incarnation.toString(),
                    "by %s: %s; %s".formatted(who.name(), who.reason(), text));
        });
        return incarnation;
    }
}
