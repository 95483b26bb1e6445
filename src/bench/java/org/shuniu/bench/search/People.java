package org.shuniu.bench.search;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.shuniu.bench.load.ConsoleVisit;
import org.shuniu.bench.subject.RunningSubject;

/** People at the console: the demo's operator, and others with his password who are limited to one partner each. */
public final class People {

    /** Sees all. */
    static final String ALL = "operator";

    /** A department with few cases, a region with few, whoever is told of cases of others, and the sender of nearly all. */
    static final List<String> PARTNERS = List.of("archives", "zhejiang", "sms-gateway", "acceptance-platform");

    private static final String COPY = """
            insert into console_user (name, password, roles, partners, made_by)
            select ?, password, roles, ?::text[], made_by from console_user where name = 'operator'
            """;

    private People() {}

    static String limitedTo(String partner) {
        return "of-" + partner;
    }

    /** Makes those who are limited. */
    public static void make(RunningSubject hub, Connection connection) throws IOException, SQLException {
        firstLogin(hub);
        for (String partner : PARTNERS) {
            add(connection, limitedTo(partner), "{%s}".formatted(partner));
        }
    }

    /** Makes operators who see all, and returns their names. */
    public static List<String> operators(RunningSubject hub, Connection connection, int count)
            throws IOException, SQLException {
        firstLogin(hub);
        for (int i = 1; i <= count; i++) {
            add(connection, "operator.%d".formatted(i), null);
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj("operator.%d"::formatted)
                .toList();
    }

    /** Before anybody has logged in the hub has no users. */
    private static void firstLogin(RunningSubject hub) throws IOException {
        ConsoleVisit.of(hub.port(), ALL, hub.consolePassword()).close();
    }

    private static void add(Connection connection, String name, String partners) throws SQLException {
        try (PreparedStatement copy = connection.prepareStatement(COPY)) {
            copy.setString(1, name);
            copy.setString(2, partners);
            if (copy.executeUpdate() != 1) {
                throw new SQLException("The hub has no console user operator to copy");
            }
        }
    }

    static Map<String, ConsoleVisit> visits(RunningSubject hub) throws IOException {
        Map<String, ConsoleVisit> visits = new HashMap<>();
        visits.put(ALL, ConsoleVisit.of(hub.port(), ALL, hub.consolePassword()));
        for (String partner : PARTNERS) {
            String name = limitedTo(partner);
            visits.put(name, ConsoleVisit.of(hub.port(), name, hub.consolePassword()));
        }
        return visits;
    }
}
