package org.shuniu.workbench;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Pools;

/** Proposals in the database, where every process of the hub sees them. */
final class ProposalStore {

    private static final String ADD = """
            insert into proposal (partner, mapping, author, at, reason, version, left_over, difference)
            values (?, ?, ?, ?, ?, ?, ?, ?) returning number
            """;
    private static final String KEEP = """
            insert into proposal (partner, mapping, author, at, reason, version, left_over, difference, number)
            overriding system value
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning number
            """;
    /** Numbers that were given are not given again. */
    private static final String BEGIN_AFTER = """
            select setval(sequence, greatest(? + 1, nextval(sequence)), false)
            from (select pg_get_serial_sequence('proposal', 'number')::regclass as sequence) as numbers
            """;

    private static final String ADD_FILE = "insert into proposal_file (number, path, content) values (?, ?, ?)";
    private static final String SELECT = """
            select number, partner, mapping, author, at, reason, version, left_over,
                array(select path from proposal_file f where f.number = p.number order by path) as files
            from proposal p
            """;
    private static final String CONTENT = "select content from proposal_file where number = ? and path = ?";

    private final Pools.Door door;

    ProposalStore(Pools.Door door) {
        this.door = door;
    }

    /** Lets nobody else add one until its caller's transaction ends. */
    void lock() {
        door.sql().execute("lock table proposal in share row exclusive mode");
    }

    int count() {
        return door.sql().queryForObject("select count(*) from proposal", Integer.class);
    }

    int count(String author) {
        return door.sql().queryForObject("select count(*) from proposal where author = ?", Integer.class, author);
    }

    /** Adds one, whatever its number, and gives it a new one. */
    Proposal add(Proposal proposal, Changes changes) {
        return add(ADD, proposal, changes);
    }

    /** Adds one with the number that it has, which no other has and new ones are above. */
    void keep(Proposal proposal, Changes changes) {
        add(KEEP, proposal, changes, proposal.number());
    }

    /** Lets new ones have numbers above this, and above all that were given. */
    void beginAfter(int number) {
        door.sql().queryForObject(BEGIN_AFTER, Long.class, number);
    }

    private Proposal add(String insert, Proposal proposal, Changes changes, Object... more) {
        Stream<Object> columns = Stream.of(
                proposal.partner(),
                proposal.mapping(),
                proposal.author(),
                proposal.at().atOffset(ZoneOffset.UTC),
                proposal.reason(),
                proposal.version(),
                proposal.left().toArray(String[]::new),
                changes.difference().getBytes(StandardCharsets.UTF_8));
        int number = door.sql()
                .queryForObject(
                        insert,
                        Integer.class,
                        Stream.concat(columns, Stream.of(more)).toArray());
        changes.texts()
                .forEach((path, text) ->
                        door.sql().update(ADD_FILE, number, path, text.getBytes(StandardCharsets.UTF_8)));
        return proposal.numbered(number);
    }

    /** The newest first. */
    List<Proposal> all() {
        return door.sql().query(SELECT + "order by number desc", ProposalStore::proposal);
    }

    Optional<Proposal> find(int number) {
        return door.sql().query(SELECT + "where number = ?", ProposalStore::proposal, number).stream()
                .findFirst();
    }

    /** Nothing where it is gone, or has no such file. */
    Optional<String> text(int number, String path) {
        return content(CONTENT, number, path);
    }

    Optional<String> difference(int number) {
        return content("select difference from proposal where number = ?", number);
    }

    private Optional<String> content(String query, Object... values) {
        return door.sql().queryForList(query, byte[].class, values).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .findFirst();
    }

    /** False when somebody else has done so. */
    boolean drop(int number) {
        return door.sql().update("delete from proposal where number = ?", number) == 1;
    }

    private static Proposal proposal(ResultSet row, int number) throws SQLException {
        return new Proposal(
                row.getInt("number"),
                row.getString("partner"),
                row.getString("mapping"),
                List.of((String[]) row.getArray("files").getArray()),
                row.getString("author"),
                CaseFiles.instant(row, "at"),
                row.getString("reason"),
                row.getString("version"),
                List.of((String[]) row.getArray("left_over").getArray()));
    }
}
