package org.shuniu.showing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.shuniu.audit.AuditLog;
import org.shuniu.document.CaseTimes;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.transaction.TransactionException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets a counter have, once, what a citizen shows: a code for a token, the token for the certificate.
 *
 * <p>Codes and tokens are kept by their digests, what is shown is sealed and erased when it was taken or its time is over. Every step and
 * every refusal is in the audit log.
 */
public final class Showings {

    private static final Logger LOG = LoggerFactory.getLogger(Showings.class);
    private static final String SEALED = "showing.body";
    private static final String INSERT = """
            insert into showing (id, type, code_digest, issued_by, body, expires_at)
            values (?, ?, ?, ?, ?, now() + ? * interval '1 millisecond') returning expires_at
            """;
    private static final String STANDING = """
            select *, coalesce(token_until, expires_at) <= now() as over from showing where %s = ? for update
            """;
    private static final String EXCHANGE = """
            update showing set token_digest = ?, token_until = now() + ? * interval '1 millisecond', exchanged_by = ?
            where id = ? returning token_until
            """;

    private record Standing(UUID id, String exchangedBy, boolean taken, boolean over, byte[] body) {
        static Standing read(ResultSet row, int number) throws SQLException {
            return new Standing(
                    row.getObject("id", UUID.class),
                    row.getString("exchanged_by"),
                    row.getObject("taken_at") != null,
                    row.getBoolean("over"),
                    row.getBytes("body"));
        }
    }

    /** What a step came to: an answer, or why there is none; both are committed. */
    private record Step(ObjectNode answer, SubmissionRefused refusal) {}

    private final Pools.Door door;
    private final JdbcTemplate sql;
    private final Vault vault;
    private final AuditLog audit;
    private final ShowingProperties lasts;

    Showings(Pools.Door door, Vault vault, AuditLog audit, ShowingProperties lasts) {
        this.door = door;
        this.sql = door.sql();
        this.vault = vault;
        this.audit = audit;
        this.lasts = lasts;
    }

    /** Gives a citizen's app the code that it displays. */
    ObjectNode issue(String app, JsonNode shown) {
        UUID id = TimeOrderedId.next();
        OneTimeCode code = OneTimeCode.next();
        byte[] body = vault.seal(Json.bytes(shown), SEALED, id);
        String type = shown.path("certificate").path("type").asString("");
        OffsetDateTime until = door.transaction().execute(status -> {
            audit.record(app, "showing-issued", id.toString(), type);
            return sql.queryForObject(
                    INSERT,
                    OffsetDateTime.class,
                    id,
                    type,
                    code.digest(),
                    app,
                    body,
                    lasts.code().toMillis());
        });
        return Json.object()
                .put("showing", id.toString())
                .put("code", code.text())
                .put("expiresAt", there(until));
    }

    /** A counter exchanges the code that it has scanned for a token, once. */
    ObjectNode exchange(String counter, String code) {
        return step(
                counter,
                "code_digest",
                new OneTimeCode(code),
                standing -> {
                    if (standing.exchangedBy() != null) {
                        return Optional.of(used("code"));
                    }
                    return standing.over() ? Optional.of(over("code")) : Optional.empty();
                },
                standing -> {
                    OneTimeCode token = OneTimeCode.next();
                    Duration good = lasts.token();
                    OffsetDateTime until = sql.queryForObject(
                            EXCHANGE, OffsetDateTime.class, token.digest(), good.toMillis(), counter, standing.id());
                    audit.record(counter, "showing-exchanged", standing.id().toString(), "");
                    return Json.object().put("token", token.text()).put("expiresAt", there(until));
                });
    }

    /** The counter that has the token takes the certificate's reference, once. */
    ObjectNode take(String counter, String token) {
        return step(
                counter,
                "token_digest",
                new OneTimeCode(token),
                standing -> {
                    if (!counter.equals(standing.exchangedBy())) {
                        return Optional.of(unknown());
                    }
                    if (standing.taken()) {
                        return Optional.of(used("token"));
                    }
                    return standing.over() ? Optional.of(over("token")) : Optional.empty();
                },
                standing -> {
                    sql.update("update showing set taken_at = now(), body = ''::bytea where id = ?", standing.id());
                    audit.record(counter, "showing-taken", standing.id().toString(), "");
                    ObjectNode shown = (ObjectNode) Json.tree(vault.open(standing.body(), SEALED, standing.id()));
                    return shown.put("showing", standing.id().toString());
                });
    }

    private ObjectNode step(
            String counter,
            String column,
            OneTimeCode word,
            Function<Standing, Optional<SubmissionRefused>> refusal,
            Function<Standing, ObjectNode> act) {
        Step step = door.transaction().execute(status -> {
            Optional<Standing> standing = sql.query(STANDING.formatted(column), Standing::read, word.digest()).stream()
                    .findFirst();
            Optional<SubmissionRefused> refused =
                    standing.isEmpty() ? Optional.of(unknown()) : refusal.apply(standing.get());
            if (refused.isPresent()) {
                String what = standing.map(known -> known.id().toString()).orElse("none");
                audit.record(
                        counter,
                        "showing-refused",
                        what,
                        refused.get().problem().name());
                return new Step(null, refused.get());
            }
            return new Step(act.apply(standing.get()), null);
        });
        if (step.refusal() != null) {
            throw step.refusal();
        }
        return step.answer();
    }

    private static SubmissionRefused unknown() {
        return new SubmissionRefused(Problem.of("not-found", 404, "Nothing is shown under this word"));
    }

    private static SubmissionRefused used(String word) {
        return new SubmissionRefused(Problem.of(
                "showing-used",
                409,
                "This %s was exchanged before; the citizen has to show a new code".formatted(word)));
    }

    private static SubmissionRefused over(String word) {
        return new SubmissionRefused(Problem.of(
                "showing-over", 410, "This %s is too old; the citizen has to show a new code".formatted(word)));
    }

    private static String there(OffsetDateTime time) {
        return CaseTimes.dateTime(time.toInstant());
    }

    /** Nobody will ask for what is too old. */
    @Scheduled(fixedDelay = 60_000, initialDelay = 60_000)
    void erase() {
        try {
            sql.update("""
                    update showing set body = ''::bytea
                    where length(body) > 0 and expires_at < now() - interval '20 minutes'
                    """);
        } catch (DataAccessException | TransactionException away) {
            LOG.warn("What was shown is erased later: {}", away.getClass().getSimpleName());
        }
    }
}
