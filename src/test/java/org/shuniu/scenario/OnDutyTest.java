package org.shuniu.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A department is down, and the telephone of whoever is on duty says so, once; so it does when that is over. */
class OnDutyTest {

    private static final String GATEWAY = "sms-gateway";
    private static final String DEPARTMENT = "healthcare-security";
    private static final String NUMBER = "13900000009";
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path directory;

    /** The gateway knows the message again that was sent to it twice. */
    @Test
    void isToldOnceByAGatewayWhoseAnswerWasLost() throws IOException {
        tells(UnaryOperator.identity(), 0);
    }

    /** SMPP knows no message again: an alarm twice is better than none. */
    @Test
    void isToldTwiceAtMostBySmppWhereAnAnswerWasLost() throws IOException {
        tells(ShortMessageTest::switched, 1, "--shuniu.mappings-dir=" + ShortMessageTest.switchedMappings(directory));
    }

    private void tells(UnaryOperator<String> partnerFile, int doubled, String... more) throws IOException {
        List<String> settings = Stream.concat(
                        Stream.of(
                                "--shuniu.incidents.every=200ms",
                                "--shuniu.incidents.settled=1s",
                                "--shuniu.incidents.circuit=0s",
                                "--shuniu.incidents.outside.every=200ms",
                                "--shuniu.incidents.outside.flood=1000",
                                "--shuniu.incidents.outside.sms.to.night=" + NUMBER),
                        Stream.of(more))
                .toList();
        try (RunningHub hub = RunningHub.start(directory, partnerFile, settings.toArray(String[]::new))) {
            hub.fault(GATEWAY, "{\"fault\":\"timeout-after-work\",\"seconds\":8,\"count\":1}", 200);
            hub.fault(DEPARTMENT, "down");
            List<String> cases = Stream.generate(() -> hub.caseOf(Applications.online(Applications.HEALTHCARE)))
                    .limit(6)
                    .toList();
            await().atMost(PATIENCE).until(() -> incidents(hub, "open").size() == 1);
            await().atMost(PATIENCE).until(() -> sent(hub).equals(List.of("opened")));
            hub.fault(DEPARTMENT, "none");
            cases.forEach(one -> hub.awaitStatus(one, "60"));
            await().atMost(PATIENCE).until(() -> sent(hub).equals(List.of("opened", "closed")));

            assertThat(hub.hasMetItsFault(GATEWAY)).isTrue();
            assertThat(hub.effects(GATEWAY, "")).hasSize(allSent(hub) + doubled);
            assertThat(bodies(hub))
                    .allSatisfy(text -> assertThat(text)
                            .startsWith("【枢纽】异常 ")
                            .hasSizeLessThanOrEqualTo(70)
                            .doesNotContain(NUMBER));
            // What the gateway reports of them is kept with them, and is nobody's work.
            await().atMost(PATIENCE)
                    .until(() -> hub.sql()
                                    .queryForObject(
                                            "select count(*) from incident_notice where reported is distinct from 'DELIVRD'",
                                            Integer.class)
                            == 0);
            hub.awaitQuiet();
            assertThat(hub.operatorSees("/parked").toString()).doesNotContain(GATEWAY);
            assertThat(Files.readString(directory.resolve("hub.log"))).doesNotContain(NUMBER);
        }
    }

    private static JsonNode incidents(RunningHub hub, String state) {
        return hub.operatorSees("/incidents?partner=" + DEPARTMENT).path(state);
    }

    /** The events of the department's incident that have arrived at the telephone, in their order. */
    private static List<String> sent(RunningHub hub) {
        return hub.sql().queryForList("""
                        select n.kind from incident_notice n join incident i on i.id = any(n.incidents)
                        where i.partner = ? and n.channel = 'sms-night' and n.sent_at is not null order by n.sent_at
                        """, String.class, DEPARTMENT);
    }

    private static int allSent(RunningHub hub) {
        return hub.sql()
                .queryForObject("select count(*) from incident_notice where sent_at is not null", Integer.class);
    }

    private static List<String> bodies(RunningHub hub) {
        return hub.sql().queryForList("select body from incident_notice", String.class);
    }
}
