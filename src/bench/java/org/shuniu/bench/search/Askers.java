package org.shuniu.bench.search;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.shuniu.bench.load.ConsoleVisit;
import org.shuniu.bench.load.HttpConnection;
import org.shuniu.bench.subject.RunningSubject;

/** Who asks one running hub: a person who sees all, some who are limited to partners, and programs by the API. */
public final class Askers implements Closeable {

    private final Map<String, ConsoleVisit> people;
    private final HttpConnection programs;
    private final Map<String, String> sender;
    private final Map<String, String> operator;

    private Askers(RunningSubject hub, Map<String, ConsoleVisit> people) throws IOException {
        this.people = people;
        this.programs = new HttpConnection(hub.port());
        this.sender = Map.of("Authorization", "Bearer " + hub.token());
        this.operator = Map.of("Authorization", "Bearer " + hub.operatorToken(), "Content-Type", "application/json");
    }

    public static Askers of(RunningSubject hub) throws IOException {
        return new Askers(hub, People.visits(hub));
    }

    ConsoleVisit person(String name) {
        return people.get(name);
    }

    HttpConnection.Answer asSender(String path) throws IOException {
        return programs.get(path, sender);
    }

    HttpConnection.Answer asOperator(String path, byte[] body) throws IOException {
        return programs.post(path, operator, body);
    }

    /** Everybody asks for a month before all cases, and the one who sees all for a number that none has. */
    public void askOfNoCase() throws IOException {
        for (ConsoleVisit visit : people.values()) {
            visit.get("/find?from=2001-01-01&to=2001-01-31");
            visit.get("/find?from=2001-01-01&to=2001-01-31&state=60");
        }
        person(People.ALL).post("/find", Map.of("q", "31200101010000000"));
    }

    /** A page of which the hub looks up no more than its reader. */
    public void askOfNothing() throws IOException {
        person(People.ALL).get("/password");
    }

    @Override
    public void close() throws IOException {
        for (ConsoleVisit visit : people.values()) {
            visit.close();
        }
        programs.close();
    }
}
