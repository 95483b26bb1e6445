package org.shuniu.audit;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whom names of the audit log stand for, under the names that people of OpenID Connect had before as well. */
public final class People {

    private static final String NAMES = """
            select o.name from console_name n join console_name o on o.issuer = n.issuer and o.subject = n.subject
            where lower(n.name) = lower(?)
            """;

    private final JdbcTemplate sql;

    /** @param sql on the connection of its caller's transaction, or for people's questions */
    public People(JdbcTemplate sql) {
        this.sql = sql;
    }

    /**
     * Whether two names may be one human's, who must not be the second person of his own acts.
     *
     * <p>To what {@link Actors#mayBeOne} knows of names this adds that a human at the provider keeps his number there: a name that was
     * released stays his, beside its next owner's.
     */
    public boolean mayBeOne(String one, String other) {
        return names(one).anyMatch(name -> Actors.mayBeOne(name, other))
                || names(other).anyMatch(name -> Actors.mayBeOne(name, one));
    }

    /** With the name itself. */
    private Stream<String> names(String name) {
        List<String> others = name.startsWith(Actors.BY_OIDC)
                ? sql.queryForList(NAMES, String.class, name.substring(Actors.BY_OIDC.length()))
                : List.of();
        return Stream.concat(Stream.of(name), others.stream().map(other -> Actors.BY_OIDC + other));
    }
}
