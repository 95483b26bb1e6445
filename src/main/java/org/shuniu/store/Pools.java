package org.shuniu.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Properties;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The hub's doors to its database: intake, settlement, reads for people and what is counted for reports never wait for each other.
 *
 * @param intake what acceptances are committed through
 * @param settlement what claims, settlements and the redispatcher use
 * @param console what people's questions use
 * @param counting what adds up the sums of reports; one connection
 */
public record Pools(Door intake, Door settlement, Door console, Door counting) implements AutoCloseable {

    /**
     * Intake, settlement and counting look up rows by their keys and nothing else. Plans that the server makes of its statistics would
     * scan whole tables where these lag behind: in a young database, after a restore, in a rush.
     */
    private static final String BY_INDEX = "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off"
            + " -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off";

    /** Whoever asks too much is told so, and does not keep a connection from the others; socket time-outs come later. */
    private static final String FOR_PEOPLE = "-c statement_timeout=10s";

    /**
     * A process that is paused, or whose machine is gone, keeps no lock for longer: neither between two statements nor while it does not
     * read an answer. Before PostgreSQL 17 only the former can be said. And what is committed is on the disk, on a synchronous standby's
     * too where there is one, whatever becomes of the server's own settings: also no time limit ends the wait for that standby.
     */
    private static final String LOCKS_FALL_COMMITS_STAY = """
            select set_config('idle_in_transaction_session_timeout', '10s', false),
                (select set_config(name, '60s', false) from pg_settings where name = 'transaction_timeout'),
                set_config('synchronous_commit', case when current_setting('synchronous_commit')
                    in ('off', 'local', 'remote_write') then 'on' else current_setting('synchronous_commit') end, false),
                set_config('statement_timeout', '0', false)
            """;

    /** For reads that change nothing and may be long. */
    private static final String NO_LOCKS = "select 1";

    /** One connection pool with its transactions. */
    public record Door(
            HikariDataSource dataSource, JdbcTemplate sql, JdbcClient client, TransactionTemplate transaction) {

        static Door open(
                String name,
                String url,
                String username,
                String password,
                int connections,
                String planning,
                String first) {
            HikariConfig config = new HikariConfig();
            config.setPoolName(name);
            config.setJdbcUrl(url);
            config.setUsername(username);
            config.setPassword(password);
            config.setMaximumPoolSize(connections);
            config.setConnectionTimeout(5_000);
            config.setInitializationFailTimeout(30_000);
            config.setDataSourceProperties(driver(planning));
            config.setConnectionInitSql(first);
            return of(new HikariDataSource(config));
        }

        /** A door over a pool that stands. */
        public static Door of(HikariDataSource dataSource) {
            return new Door(
                    dataSource,
                    new JdbcTemplate(dataSource),
                    JdbcClient.create(dataSource),
                    new TransactionTemplate(new DataSourceTransactionManager(dataSource)));
        }

        /** Socket time-outs keep a dead server from holding a thread for ever. */
        private static Properties driver(String planning) {
            Properties properties = new Properties();
            properties.setProperty("options", planning);
            properties.setProperty("reWriteBatchedInserts", "true");
            properties.setProperty("socketTimeout", "30");
            properties.setProperty("connectTimeout", "5");
            // The details of an error may quote what a row holds.
            properties.setProperty("logServerErrorDetail", "false");
            properties.setProperty("tcpKeepAlive", "true");
            properties.setProperty("ApplicationName", "shuniu");
            return properties;
        }
    }

    /** Opens the pools on one database. */
    public static Pools open(String url, String username, String password, int intake, int settlement, int console) {
        return new Pools(
                Door.open("intake", url, username, password, intake, BY_INDEX, LOCKS_FALL_COMMITS_STAY),
                Door.open("settlement", url, username, password, settlement, BY_INDEX, LOCKS_FALL_COMMITS_STAY),
                Door.open("console", url, username, password, console, FOR_PEOPLE, NO_LOCKS),
                Door.open("counting", url, username, password, 1, BY_INDEX, LOCKS_FALL_COMMITS_STAY));
    }

    /** The pool of everything that asks for none by name. */
    public DataSource main() {
        return settlement.dataSource();
    }

    @Override
    public void close() {
        intake.dataSource().close();
        settlement.dataSource().close();
        console.dataSource().close();
        counting.dataSource().close();
    }
}
