package org.shuniu.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.channel.Call;
import org.shuniu.channel.ChannelAdapter;
import org.shuniu.channel.Reply;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;

/** How long a call may take. */
class ChannelCallTest {

    private final List<Call> calls = new ArrayList<>();

    @TempDir
    private Path routes;

    private ChannelCall channel;

    @BeforeEach
    void partner() throws IOException {
        Path folder = Files.createDirectory(routes.resolve("office"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: office
                name: {zh: 局, en: Office}
                protocol: rest
                address: http://office.invalid
                operations: {application: /applications}
                delivery: {deadline: 60s}
                """);
        channel = new ChannelCall(PartnerDirectory.load(routes, text -> text));
    }

    @Test
    void isWhatItsClaimWasMadeForThoughThePartnerMayHaveLongerNow() {
        call(Attempt.Terms.USUAL.within(Duration.ofSeconds(10), System.nanoTime() + 1_000_000_000_000L));

        assertThat(calls).extracting(Call::deadline).containsExactly(Duration.ofSeconds(10));
    }

    @Test
    void isThePartnersWhereNothingWasClaimed() {
        call(Attempt.Terms.USUAL);

        assertThat(calls).extracting(Call::deadline).containsExactly(Duration.ofSeconds(60));
    }

    @Test
    void isNotBegunWhenItsClaimMightLapseBeforeItIsOver() {
        Reply reply = call(Attempt.Terms.USUAL.within(Duration.ofSeconds(10), System.nanoTime() - 1));

        assertThat(reply).isInstanceOf(Reply.NotBegun.class);
        assertThat(calls).isEmpty();
    }

    /** What comes by itself while a call is under way is newer than the call's reply. */
    @Test
    void isDatedByItsBeginning() {
        List<Instant> during = new ArrayList<>();

        Attempts.Response response = channel.call(request(Attempt.Terms.USUAL, call -> {
            during.add(Instant.now());
            return new Reply.Taken();
        }));

        assertThat(response.begunAt()).isBeforeOrEqualTo(during.get(0));
    }

    private Reply call(Attempt.Terms terms) {
        return channel.call(request(terms, call -> {
                    calls.add(call);
                    return new Reply.Taken();
                }))
                .reply();
    }

    private static Attempts.Request request(Attempt.Terms terms, ChannelAdapter to) {
        return new Attempts.Request(attempt(terms), "application", new byte[0], "application/json", to);
    }

    private static Attempt attempt(Attempt.Terms terms) {
        Instant at = Instant.parse("2026-11-24T02:15:00Z");
        CaseFile file = new CaseFile(
                "SN2026112400000001",
                "city-platform",
                "312000194000",
                null,
                "city-platform",
                "1",
                "40",
                null,
                null,
                null,
                "city-platform",
                new byte[0],
                new UUID(0, 1),
                at,
                at,
                null);
        return new Attempt(
                new UUID(0, 2),
                new UUID(0, 1),
                "application",
                "office",
                1,
                0,
                false,
                null,
                new UUID(0, 0),
                at,
                file,
                new byte[0],
                List.of(),
                terms,
                null);
    }
}
