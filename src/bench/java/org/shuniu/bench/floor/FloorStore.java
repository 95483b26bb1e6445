package org.shuniu.bench.floor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** One connection with prepared statements; what is batched is committed together. */
final class FloorStore {

    private final Connection connection;
    private final PreparedStatement key;
    private final PreparedStatement message;
    private final PreparedStatement delivery;
    private final PreparedStatement settled;
    private final PreparedStatement answer;
    private final PreparedStatement event;

    FloorStore(String url) throws SQLException {
        connection = DriverManager.getConnection(url + "?reWriteBatchedInserts=true", "postgres", "");
        connection.setAutoCommit(false);
        key = connection.prepareStatement("insert into message_key values (?, ?, ?, ?)");
        message = connection.prepareStatement("insert into message values (?, ?, ?, ?, now())");
        delivery = connection.prepareStatement("insert into delivery values (?, ?, ?, 'pending', now(), null)");
        settled =
                connection.prepareStatement("update delivery set state = 'delivered', settled_at = now() where id = ?");
        answer = connection.prepareStatement("insert into answer values (?, ?, ?, now())");
        event = connection.prepareStatement(
                "insert into event (at, case_no, delivery_id, kind) values (now(), ?, ?, ?)");
    }

    static void create(String url) throws SQLException, IOException {
        try (InputStream tables = FloorStore.class.getResourceAsStream("/floor.sql");
                Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(new String(tables.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    void key(String partner, String idempotencyKey, UUID messageId, byte[] receipt) throws SQLException {
        batch(key, partner, idempotencyKey, messageId, receipt);
    }

    void message(Parcel parcel, String document) throws SQLException {
        batch(message, parcel.messageId(), document, parcel.caseNo(), parcel.body());
    }

    void delivery(Parcel parcel, String receiver) throws SQLException {
        batch(delivery, parcel.deliveryId(), parcel.messageId(), receiver);
    }

    void settled(Parcel parcel, byte[] said) throws SQLException {
        batch(settled, parcel.deliveryId());
        batch(answer, Ids.next(), parcel.deliveryId(), said);
    }

    void event(Parcel parcel, String kind) throws SQLException {
        batch(event, parcel.caseNo(), parcel.deliveryId(), kind);
    }

    private static void batch(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    /** One flush to disk for all that was batched. */
    void commit() throws SQLException {
        key.executeBatch();
        message.executeBatch();
        delivery.executeBatch();
        settled.executeBatch();
        answer.executeBatch();
        event.executeBatch();
        connection.commit();
    }
}
