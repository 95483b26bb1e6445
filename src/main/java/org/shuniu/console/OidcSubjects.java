package org.shuniu.console;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.shuniu.audit.Actors;
import org.shuniu.audit.AuditLog;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;

/**
 * Whom a name of OpenID Connect belongs to: the provider's number of a person, which stays, and not what the person is called there.
 * Whoever takes another's name at the provider is not that other one here.
 */
final class OidcSubjects {

    /**
     * Somebody who came in.
     *
     * @param name as the audit log has it, without what it writes before it
     */
    record Person(String name, String subject, Instant firstSeen, Instant lastSeen) {}

    private static final String OF_SUBJECT = "select name from console_subject where issuer = ? and subject = ?";
    private static final String IS_TAKEN = "select exists (select from console_subject where lower(name) = lower(?))";
    private static final String KEEP =
            "insert into console_subject (issuer, subject, name) values (?, ?, ?) on conflict do nothing";
    private static final String REMEMBER =
            "insert into console_name (issuer, subject, name) values (?, ?, ?) on conflict do nothing";
    private static final String SEEN =
            "update console_subject set last_seen = now(), login = ? where issuer = ? and subject = ? and name = ?";
    private static final String LASTS =
            "select exists (select from console_subject where lower(name) = lower(?) and login = ?::uuid)";

    /** More than a page can show is none. */
    private static final int SHOWN = 500;

    private final Pools pools;
    private final AuditLog audit;

    OidcSubjects(Pools pools, AuditLog audit) {
        this.pools = pools;
        this.audit = audit;
    }

    /**
     * The name of a person: the one of the first login, or the one that the provider says now.
     *
     * @throws OidcRefused when that one is another's
     */
    String name(String issuer, String subject, String claimed) {
        Optional<String> kept = pools.console().sql().queryForList(OF_SUBJECT, String.class, issuer, subject).stream()
                .findFirst();
        if (kept.isEmpty()
                && Boolean.TRUE.equals(pools.console().sql().queryForObject(IS_TAKEN, Boolean.class, claimed))) {
            throw taken(subject, claimed);
        }
        return kept.orElse(claimed);
    }

    /**
     * Whoever comes in under a name has it from now on, and what his earlier logins gave ends at every process.
     *
     * @return the login
     * @throws OidcRefused when another came in under it in the same moment
     */
    UUID keep(String issuer, String subject, String name) {
        pools.settlement().sql().update(KEEP, issuer, subject, name);
        UUID login = UUID.randomUUID();
        if (pools.settlement().sql().update(SEEN, login, issuer, subject, name) == 0) {
            throw taken(subject, name);
        }
        pools.settlement().sql().update(REMEMBER, issuer, subject, name);
        return login;
    }

    /** Whether a person's newest login is that of this session, and nothing has ended it. */
    boolean lasts(ConsoleUser who) {
        return Boolean.TRUE.equals(
                pools.console().sql().queryForObject(LASTS, Boolean.class, name(who.name()), who.password()));
    }

    /**
     * Ends what a login gave, at every process.
     *
     * @param who as the audit log names him
     */
    void endLogin(String who) {
        pools.settlement()
                .sql()
                .update("update console_subject set login = null where lower(name) = lower(?)", name(who));
    }

    private static String name(String who) {
        return who.substring(Actors.BY_OIDC.length());
    }

    /** By name. */
    List<Person> all() {
        return pools.console()
                .sql()
                .query(
                        "select * from console_subject order by name limit ?",
                        (row, number) -> new Person(
                                row.getString("name"),
                                row.getString("subject"),
                                Objects.requireNonNull(CaseFiles.instant(row, "first_seen")),
                                Objects.requireNonNull(CaseFiles.instant(row, "last_seen"))),
                        SHOWN);
    }

    /**
     * Gives a name free for another person, such as a successor's; false where nobody has it. Whoever had it stays known by it for what
     * needs a second person, and comes in anew.
     */
    boolean release(ByWhom by, String name) {
        return Boolean.TRUE.equals(pools.settlement().transaction().execute(status -> {
            List<String> whose = pools.settlement()
                    .sql()
                    .queryForList("delete from console_subject where name = ? returning subject", String.class, name);
            whose.forEach(subject -> audit.record(
                    by.name(), "name-released", Actors.BY_OIDC + name, by.detail("was of subject " + subject)));
            return !whose.isEmpty();
        }));
    }

    private static OidcRefused taken(String subject, String name) {
        return new OidcRefused(
                OidcRefused.Reason.TAKEN,
                "the provider calls subject %s %s, which is the name of another one here"
                        .formatted(ByOidc.cut(subject), name));
    }
}
