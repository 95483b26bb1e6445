package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.FrontEndTables;

/** Works the rows of a front-end database by a contract, and answers by rows. */
final class ContractTables implements TableClerk<ContractRow> {

    private static final int BATCH = 500;
    /** Behind the message id where a person of the hub has corrected the document. */
    private static final Pattern MARK = Pattern.compile("~[0-9a-f]{6}$");

    private final ContractDesk desk;

    ContractTables(ContractDesk desk) {
        this.desk = desk;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            FrontEndTables tables = new FrontEndTables(desk.contract());
            statement.execute(tables.additions());
            statement.execute(tables.definitions());
        }
    }

    @Override
    public List<ContractRow> waiting(Connection connection) throws SQLException {
        List<ContractRow> rows = new ArrayList<>();
        for (String document : Contract.DOCUMENTS) {
            try (PreparedStatement statement = connection.prepareStatement(select(document));
                    ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(row(document, found));
                }
            }
        }
        return rows;
    }

    private String select(String document) {
        String columns = desk.contract().of(document).stream()
                .map(ContractTables::selected)
                .collect(Collectors.joining(", "));
        return "select %s from \"%s\" t where is_sync = 0 order by cd_time, %s limit %d"
                .formatted(columns, document, FrontEndTables.KEY, BATCH);
    }

    private static String selected(ContractField field) {
        return field.isPapers()
                ? "(select string_agg(p.name, '；') from \"%1$s\" p where p.%2$s = t.%3$s) as \"%1$s\""
                        .formatted(field.name(), FrontEndTables.DOCUMENT_KEY, FrontEndTables.KEY)
                : "\"%s\"".formatted(field.name());
    }

    private ContractRow row(String document, ResultSet found) throws SQLException {
        Map<String, String> texts = new HashMap<>();
        for (ContractField field : desk.contract().of(document)) {
            String text = found.getString(field.name());
            texts.put(field.name(), text == null ? "" : text);
        }
        UnaryOperator<String> values = name -> texts.getOrDefault(name, "");
        return new ContractRow(document, desk.messageId(document, values), desk.caseNo(document, values), values);
    }

    @Override
    public void enter(ContractRow row) {
        if (wrong(row).isEmpty()) {
            desk.work(row.document(), row.values(), Fault.none());
        }
    }

    private Optional<String> wrong(ContractRow row) {
        return desk.wrong(
                row.document(),
                name -> name.equals(FrontEndTables.KEY)
                        ? MARK.matcher(row.values().apply(name)).replaceFirst("")
                        : row.values().apply(name));
    }

    /** Nothing is said to what only follows an application. */
    @Override
    public void work(ContractRow row, Fault fault, Connection connection) throws SQLException {
        Optional<String> wrong = wrong(row);
        if (wrong.isPresent()) {
            answer(connection, desk.notUnderstood(row.rowGuid(), row.caseNo(), wrong.get()), "N-");
            return;
        }
        LedgerEntry entry = desk.work(row.document(), row.values(), fault);
        if (row.isApplication()) {
            answer(connection, desk.decided(entry, entry.at()), "R-");
            if (fault.is(FaultKind.DUPLICATE_RESULT)) {
                answer(connection, desk.decided(entry, entry.at()), "R2-");
            }
        }
    }

    @Override
    public boolean begin(ContractRow row, Connection connection) throws SQLException {
        if (!row.isApplication() || wrong(row).isPresent()) {
            return false;
        }
        LedgerEntry entry = desk.work(row.document(), row.values(), Fault.none());
        answer(connection, desk.inWork(entry, entry.at()), "W-");
        return true;
    }

    @Override
    public void garble(ContractRow row, Connection connection) throws SQLException {
        Map<String, String> said = desk.notUnderstood(row.rowGuid(), row.caseNo(), "锟斤拷");
        said.put("state", "锟斤拷");
        answer(connection, said, "G-");
    }

    /** The row's key follows from what it answers, so that none is written twice. */
    private static void answer(Connection connection, Map<String, String> said, String kind) throws SQLException {
        Map<String, Object> row = new HashMap<>();
        said.forEach((name, text) -> row.put(column(name), text));
        row.put(FrontEndTables.DOCUMENT_KEY, row.remove("request_no"));
        row.put("state_time", LocalDateTime.parse(said.get("stateTime"), CityTime.SPACED));
        row.put(FrontEndTables.KEY, Fingerprint.of(kind, said.get("requestNo"), 32));
        List<String> columns = List.copyOf(row.keySet());
        String sql = "insert into \"%s\" (%s) values (%s) on conflict do nothing"
                .formatted(
                        FrontEndTables.RESULT,
                        String.join(", ", columns),
                        columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < columns.size(); i++) {
                insert.setObject(i + 1, row.get(columns.get(i)));
            }
            insert.executeUpdate();
        }
    }

    private static String column(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }
}
