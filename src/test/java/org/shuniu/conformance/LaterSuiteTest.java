package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.mock.env.MockEnvironment;

/** An office that can't answer when something is handed in: what it does is found by what it says later, and by what it does not say. */
class LaterSuiteTest {

    private static final Duration WITHIN = Duration.ofSeconds(1);
    private static final String FIRST = "application/item-312098001000";

    @TempDir
    static Path directory;

    private static Suite.Files files;
    private static Partner partner;

    private PaperOffice office;

    @BeforeAll
    static void agree() throws IOException {
        Contract contract = AgreedOffice.write(directory, ContractProtocol.AMQP, Results.POLL);
        MockEnvironment settings = new MockEnvironment().withProperty("shuniu.simulator.listeners.queues", "1");
        partner = PartnerDirectory.load(directory.resolve("routes"), settings::resolveRequiredPlaceholders)
                .partner(AgreedOffice.OFFICE);
        Path mappings = directory.resolve("mappings");
        files = new Suite.Files(mappings, contract, Mappings.load(mappings), Catalogue.load(mappings));
    }

    @BeforeEach
    void open() {
        office = new PaperOffice(files.contract());
    }

    @Test
    void anOfficeThatDoesAllThatWasAgreedPasses() throws IOException, InterruptedException {
        Map<String, Tried> tried = tried();

        assertThat(tried.values())
                .hasSizeGreaterThan(60)
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
        for (String trial : List.of(
                "result/poll",
                "application/twice",
                "application/rare-extension-b",
                "application/missing-personName",
                "application/unreadable",
                "application/among-others",
                "application/by-a-stranger",
                "supplement/follows",
                "supplement/missing-sentTime",
                "withdrawal/after-the-decision")) {
            assertThat(tried.get(trial)).as(trial).isNotNull();
            assertThat(tried.get(trial).end()).as(trial).isEqualTo(End.PASSED);
        }
        assertThat(tried.values())
                .filteredOn(one -> one.end() == End.NOT_APPLICABLE)
                .allSatisfy(one -> assertThat(one.came()).isNotBlank());
        assertThat(tried.get("asked/in-work").came()).contains("partner.yaml has no operation query");
        assertThat(tried.get("application/missing-requestNo").came()).contains("finds its message by this field");
    }

    @Test
    void findsAnOfficeThatTakesAndNeverAnswers() throws IOException, InterruptedException {
        office.that((sent, usual) -> List.of());

        Tried tried = tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).isEqualTo("nothing was said of it within 1 s");
    }

    @Test
    void findsThatWhatFollowsIsTriedOnNothing() throws IOException, InterruptedException {
        office.that((sent, usual) -> sent.isApplication() ? List.of(PaperOffice.invalid(sent)) : usual);

        Tried tried = tried("withdrawal/follows").get("withdrawal/follows");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("the application before it was not taken");
    }

    @Test
    void findsAMessageThatIsWorkedTwice() throws IOException, InterruptedException {
        office.that((sent, usual) ->
                sent.isApplication() && sent.times() == 2 ? List.of(PaperOffice.decision(sent, "B-again")) : usual);

        Tried tried = tried("application/twice").get("application/twice");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).contains("worked one message 2 times");
    }

    @Test
    void takesTheSameWordTwiceForOneDecision() throws IOException, InterruptedException {
        office.that(
                (sent, usual) -> Stream.concat(usual.stream(), usual.stream()).toList());

        assertThat(failed("application/twice", "result/")).isEmpty();
    }

    @Test
    void findsWordsUnderAnIdThatNobodySent() throws IOException, InterruptedException {
        office.that((sent, usual) -> usual.stream()
                .map(word -> word.withId("01940000-0000-7000-8000-000000000009"))
                .toList());

        Tried tried = tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("something was said under another message id");
    }

    @Test
    void findsWordsThatNobodyCanRead() throws IOException, InterruptedException {
        office.that((sent, usual) ->
                usual.stream().map(word -> word.with("DONE", "锟斤拷")).toList());

        Tried tried = tried(FIRST).get(FIRST);

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("1 came that result.in cannot read");
    }

    @Test
    void findsAnOfficeThatWorksWhatIsWrong() throws IOException, InterruptedException {
        office.that((sent, usual) ->
                sent.isApplication() ? List.of(PaperOffice.decision(sent, "B-" + sent.id())) : List.of());

        assertThat(failed(
                        "application/missing-personName", "application/too-long-mobile", "supplement/missing-sentTime"))
                .containsExactlyInAnyOrder(
                        "application/missing-personName", "application/too-long-mobile", "supplement/missing-sentTime");
    }

    @Test
    void findsAnOfficeThatThrowsAwayWhatIsWrong() throws IOException, InterruptedException {
        office.that((sent, usual) ->
                usual.stream().filter(word -> !word.xml().contains("INVALID")).toList());

        Tried tried = tried("application/missing").get("application/missing-personName");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("nobody would know that it was not worked");
    }

    @Test
    void findsAnOfficeThatDoesNotTakeWhatFollows() throws IOException, InterruptedException {
        office.that((sent, usual) -> sent.document().equals("supplement") ? List.of(PaperOffice.invalid(sent)) : usual);

        assertThat(failed("supplement/follows", "withdrawal/follows")).containsExactly("supplement/follows");
    }

    @Test
    void saysNoMoreOfWhatOnlyFollowsThanThatItWasNotObjectedTo() throws IOException, InterruptedException {
        Map<String, Tried> tried = tried("supplement/follows", "withdrawal/follows");

        assertThat(tried.values())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.came()).isEqualTo("not objected to within 1 s"))
                .allSatisfy(one -> assertThat(one.millis()).isGreaterThanOrEqualTo(WITHIN.toMillis()));
    }

    @Test
    void isContentWithAWordAgainstAWithdrawalThatComesTooLate() throws IOException, InterruptedException {
        office.that((sent, usual) -> sent.document().equals("withdrawal") ? List.of(PaperOffice.invalid(sent)) : usual);

        Tried tried = tried("withdrawal/after").get("withdrawal/after-the-decision");

        assertThat(tried.end()).isEqualTo(End.PASSED);
        assertThat(tried.came()).startsWith("the decision stands; of the withdrawal: invalid");
    }

    @Test
    void findsAnOfficeThatWorksWhatItSendsBack() throws IOException, InterruptedException {
        office.that((sent, usual) -> usual.stream()
                .flatMap(word -> word.xml().contains("INVALID")
                        ? Stream.of(word, PaperOffice.decision(sent, "B-" + sent.id()))
                        : Stream.of(word))
                .toList());

        Tried tried = tried("application/missing-personName").get("application/missing-personName");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("and it decides it all the same");
    }

    @Test
    void findsACaseThatIsDecidedOnceMoreAfterAWithdrawalThatCameTooLate() throws IOException, InterruptedException {
        Map<String, PaperOffice.Sent> applications = new ConcurrentHashMap<>();
        office.that((sent, usual) -> {
            if (sent.isApplication()) {
                applications.put(sent.caseNo(), sent);
            }
            return sent.document().equals("withdrawal")
                    ? List.of(PaperOffice.decision(applications.get(sent.caseNo()), "B-withdrawn"))
                    : usual;
        });

        Tried tried = tried("withdrawal/after").get("withdrawal/after-the-decision");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("after its withdrawal it was decided once more");
    }

    @Test
    void findsAnOfficeThatStopsAtWhatItCannotRead() throws IOException, InterruptedException {
        Set<String> stopped = ConcurrentHashMap.newKeySet();
        office.that((sent, usual) -> {
            if (sent.document().isEmpty()) {
                stopped.add(sent.id());
            }
            return stopped.isEmpty() ? usual : List.of();
        });

        Tried tried = tried("application/").get("application/unreadable");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("the whole one after it was not taken");
    }

    @Test
    void findsAnOfficeThatDecidesWhatCameInHalf() throws IOException, InterruptedException {
        office.that((sent, usual) -> sent.document().isEmpty() ? List.of(PaperOffice.decision(sent, "B-half")) : usual);

        assertThat(failed("application/unreadable")).containsExactly("application/unreadable");
    }

    @Test
    void findsAnOfficeThatLosesARowBesideAWrongOne() throws IOException, InterruptedException {
        Set<String> wrong = ConcurrentHashMap.newKeySet();
        office.that((sent, usual) -> {
            boolean behind = !wrong.isEmpty();
            usual.stream().filter(word -> word.xml().contains("INVALID")).forEach(word -> wrong.add(sent.id()));
            return behind ? List.of() : usual;
        });

        Tried tried = tried("application/among").get("application/among-others");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("of a whole one beside a wrong one");
    }

    @Test
    void findsAnOfficeThatLetsAnybodyIn() throws IOException, InterruptedException {
        office.thatLetsAnybodyIn();

        assertThat(failed("application/by-a-stranger")).containsExactly("application/by-a-stranger");
    }

    private Collection<String> failed(String... which) throws IOException, InterruptedException {
        return tried(which).values().stream()
                .filter(one -> one.end() == End.FAILED)
                .map(Tried::id)
                .toList();
    }

    private Map<String, Tried> tried(String... which) throws IOException, InterruptedException {
        Map<String, Tried> tried = new ConcurrentHashMap<>();
        try (Suite suite = Suite.of(
                files,
                partner,
                office,
                AgreedOffice.DAY,
                new Suite.Terms(
                        WITHIN,
                        null,
                        null,
                        id -> which.length == 0 || Stream.of(which).anyMatch(id::startsWith)))) {
            suite.run(one -> tried.put(one.id(), one));
        }
        return tried;
    }
}
