package org.shuniu.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrafficTest {
    private static final long SEED = 20261124;

    @TempDir
    Path directory;

    private RunningSimulators simulators;

    @BeforeEach
    void start() throws IOException {
        simulators = new RunningSimulators(directory, null);
    }

    @AfterEach
    void stop() {
        simulators.close();
    }

    @Test
    void sendsApplicationsWhileItIsSwitchedOn() throws IOException {
        simulators.post("/traffic", "none", "{\"enabled\":true,\"perSecond\":50}");
        await().until(() -> simulators.hub.received.size() >= 10);

        FakeHub.Received one = simulators.hub.received.get(0);
        assertThat(one.path()).isEqualTo("/api/v1/applications");
        assertThat(simulators.hub.received)
                .extracting(FakeHub.Received::authorization)
                .containsAnyOf("Bearer the-portal-token", "Bearer the-citizen-app-token");
        assertThat(simulators.hub.received)
                .extracting(FakeHub.Received::key)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(simulators.post("/traffic", "none", "{\"enabled\":false}").body())
                .contains("\"enabled\":false", "\"perSecond\":50.0");
    }

    @Test
    void sendsTheSameKeyAndBytesAgainWhenTheHubIsAway() throws IOException {
        simulators.hub.away = true;
        simulators.post("/traffic", "none", "{\"enabled\":true,\"perSecond\":20}");
        await().until(() -> !simulators.hub.turnedAway.isEmpty());
        simulators.hub.away = false;

        FakeHub.Received first = simulators.hub.turnedAway.get(0);
        await().until(() -> simulators.hub.received.contains(first));
    }

    @Test
    void refusesARateThatMakesNoSense() throws IOException {
        assertThat(simulators.post("/traffic", "none", "{\"perSecond\":-1}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void makesUpPeopleWithTrueCheckCharactersAndOneSexEach() {
        Random random = new Random(SEED);

        assertThat(IntStream.range(0, 500).mapToObj(i -> FictionalPerson.by(random)))
                .allSatisfy(person -> {
                    String number = person.idNumber();
                    assertThat(number).hasSize(18).contains(person.birthDate());
                    assertThat(number.charAt(17)).isEqualTo(FictionalPerson.checkCharacter(number.substring(0, 17)));
                    assertThat(number.charAt(16) % 2 == 1 ? "1" : "2").isEqualTo(person.sex());
                    assertThat(person.mobile()).matches("1\\d\\d0000\\d{4}");
                    assertThat(person.birth().getYear()).isBetween(1940, 2005);
                });
        assertThat(FictionalPerson.checkCharacter("11010519491231002")).isEqualTo('X');
    }

    @Test
    void makesUpTheSamePeopleFromTheSameSeed() {
        assertThat(new ApplicationMaker(new Random(SEED)).next().path("applicant"))
                .isEqualTo(new ApplicationMaker(new Random(SEED)).next().path("applicant"));
    }
}
