package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.evidence.Evidence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code java -jar shuniu.jar users} beside a hub that runs and whose console nobody has seen yet. */
class UsersByCommandTest {

    private static final Pattern PASSWORD = Pattern.compile("told this once: (\\S+)");
    private static final String OWN = "a password of her own";
    private static final String FIRST = "zhou.min";

    @TempDir
    static Path directory;

    private static RunningHub hub;

    @BeforeAll
    static void start() {
        hub = RunningHub.start(directory);
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    @Test
    void makesTheFirstAdministratorAndWhateverFollowsCountsAtOnceAndIsInTheAudit() {
        // Given nobody who could log in
        assertThat(users(0, "list")).contains("There is no user yet.");

        // When the first is made, and makes a password of her own
        Matcher made = PASSWORD.matcher(users(0, "add", FIRST, "--role=administrator", "--role=auditor"));
        assertThat(made.find()).isTrue();
        Browser administrator = new Browser(hub);
        administrator.login(FIRST, made.group(1));
        assertThat(location(administrator.get("/users"))).isEqualTo("/password");
        administrator.post("/password", Map.of("old", made.group(1), "password", OWN, "again", OWN));

        // Then she can make users, and nobody takes that from her
        assertThat(administrator.get("/users").statusCode()).isEqualTo(200);
        for (String act : List.of("lock", "remove")) {
            assertThat(users(1, act, FIRST)).contains("Nothing was changed: " + FIRST + " is the last who can log in");
        }
        assertThat(users(1, "change", FIRST, "--partner=economy")).contains("the last who can log in");

        // And what she is by command counts from the next page on
        users(0, "add", "wu.jing", "--role=administrator");
        users(0, "change", FIRST, "--role=viewer", "--partner=economy");
        assertThat(administrator.get("/users").statusCode()).isEqualTo(403);
        assertThat(listed(FIRST).path("roles").toString()).isEqualTo("[\"viewer\"]");
        assertThat(listed(FIRST).path("partners").toString()).isEqualTo("[\"economy\"]");
        users(0, "remove", FIRST);
        assertThat(location(administrator.get("/find"))).isEqualTo("/login");
        assertThat(users(1, "add", FIRST, "--role=viewer")).contains("is or was somebody's name");

        // And all of it is in the audit, in chains that the hub has sealed
        assertThat(acts(FIRST)).containsExactly("user-made", "login", "own-password", "user-changed", "user-removed");
        hub.bean(Evidence.class).seal();
        assertThat(hub.sql()
                        .queryForObject(
                                "select count(*) filter (where closed_at is not null) = 4 and count(*) = 4 from chain where name like '%/command/audit'",
                                Boolean.class))
                .isTrue();
    }

    @Test
    void refusesWhatTheConsoleRefuses() {
        assertThat(users(1, "add", "operator-night", "--role=viewer")).contains("expected another name");
        assertThat(users(1, "add", "economy", "--role=viewer")).contains("expected another name");
        assertThat(users(1, "add", "Li", "--role=viewer")).contains("found Li, expected a to z first");
        assertThat(users(1, "add", "li.na", "--role=viewer", "--partner=nobody"))
                .contains("expected ids of partners");
        assertThat(users(1, "unlock", "nobody.here")).contains("there is no user nobody.here");
    }

    private static List<String> acts(String name) {
        return hub.sql()
                .queryForList(
                        "select action from audit where target = ? or actor = ? order by id", String.class, name, name);
    }

    private static JsonNode listed(String name) {
        return JsonMapper.shared()
                .readTree(users(0, "list", "--json"))
                .valueStream()
                .filter(user -> user.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** @param code with which the command is to end */
    private static String users(int code, String... words) {
        List<String> all = new ArrayList<>(List.of("users"));
        all.addAll(List.of(words));
        all.addAll(List.of(
                "--shuniu.data-dir=" + directory.resolve("data"),
                "--shuniu.routes-dir=" + directory.resolve("routes")));
        return CommandLine.said(code, all);
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers().firstValue("Location").orElse("none: " + answer.statusCode());
    }
}
