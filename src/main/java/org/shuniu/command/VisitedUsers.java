package org.shuniu.command;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.shuniu.HubProperties;
import org.shuniu.access.AccessTokens;
import org.shuniu.audit.AuditLog;
import org.shuniu.console.LocalUsers;
import org.shuniu.evidence.VisitorChains;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.shuniu.store.Pools;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;

/**
 * The console's users in the database of a hub that runs or not.
 *
 * <p>It is the database and not the hub's API that is asked: the first administrator is made when nobody can log in yet, and an API that
 * makes users would give whoever holds its token every right there is. Whoever holds the database's password has them already.
 */
final class VisitedUsers implements AutoCloseable {

    /** What the newest change of the users' table has brought. */
    private static final String NEWEST =
            "select from information_schema.columns where table_name = 'console_user' and column_name = 'removed_at'";

    private final HubDatabase database;
    private final HikariDataSource pool;
    private final LocalUsers users;
    private final PartnerDirectory partners;

    private VisitedUsers(HubDatabase database, HikariDataSource pool, PartnerDirectory partners, AccessTokens tokens) {
        this.database = database;
        this.pool = pool;
        this.partners = partners;
        Pools.Door door = Pools.Door.of(pool);
        AuditLog audit = new AuditLog(door.sql(), door.transaction(), new VisitorChains(door)::act);
        this.users = new LocalUsers(
                door.sql(),
                door,
                audit,
                PasswordEncoderFactories.createDelegatingPasswordEncoder(),
                name -> tokens.knows(name) || isPartner().test(name));
    }

    static VisitedUsers of(CommandSettings settings) throws IOException, SQLException {
        HubProperties hub = settings.bind("shuniu", HubProperties.class);
        Secrets secrets = Secrets.of(hub.secretsDir(), System.getenv());
        PartnerDirectory partners = PartnerDirectory.load(hub.routesDir(), settings.placeholders());
        AccessTokens tokens = new AccessTokens(partners, secrets);
        HubDatabase database = HubDatabase.visit(hub, secrets);
        try {
            requireTables(database);
            return new VisitedUsers(database, database.pool(), partners, tokens);
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw failure;
        }
    }

    private static void requireTables(HubDatabase database) throws SQLException {
        try (Connection one = database.connect();
                PreparedStatement newest = one.prepareStatement(NEWEST);
                ResultSet row = newest.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException(
                        "the database at %s does not have the tables of this version: start this version of the hub once, which makes them"
                                .formatted(database.address().url()));
            }
        }
    }

    LocalUsers users() {
        return users;
    }

    Predicate<String> isPartner() {
        return id -> partners.find(id).isPresent();
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
