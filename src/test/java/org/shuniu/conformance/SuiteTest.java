package org.shuniu.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.shuniu.contract.Contract.Results.AT_ONCE;
import static org.shuniu.contract.Contract.Results.CALLBACK;
import static org.shuniu.contract.Contract.Results.QUERY;
import static org.shuniu.contract.ContractProtocol.REST;
import static org.shuniu.contract.ContractProtocol.SOAP;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.conformance.AgreedOffice.Answered;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.partner.Secrets;

/** A suite that can't fail is worth nothing: an office that does all is passed, and each kind of mistake is found by its trial. */
class SuiteTest {

    private static final Pattern REQUEST_NO = Pattern.compile("\"requestNo\":\"([^\"]+)\"");

    @TempDir
    private Path directory;

    private AgreedOffice office;

    @AfterEach
    void close() {
        if (office != null) {
            office.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"REST, CALLBACK", "REST, QUERY", "REST, AT_ONCE", "SOAP, CALLBACK", "SOAP, AT_ONCE"})
    void anOfficeThatDoesAllThatWasAgreedPasses(ContractProtocol protocol, Results results)
            throws IOException, InterruptedException {
        open(protocol, results);

        Map<String, Tried> tried = office.tried();

        assertThat(tried.values())
                .hasSizeGreaterThan(60)
                .filteredOn(one -> one.end() == End.FAILED)
                .isEmpty();
        assertThat(tried.get("result/" + results.word()).end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/item-312098002000").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/code-id-type-414").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/rare-extension-b").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/missing-personName").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("withdrawal/after-the-decision").end()).isEqualTo(End.PASSED);
        assertThat(tried.get("application/by-a-stranger").end())
                .isEqualTo(protocol == REST ? End.PASSED : End.NOT_APPLICABLE);
        assertThat(tried.values())
                .filteredOn(one -> one.end() == End.NOT_APPLICABLE)
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.came()).isNotBlank());
    }

    @Test
    void keepsTheBytesOfEachTrial() throws IOException, InterruptedException {
        open(REST, QUERY);

        Tried tried = office.tried("application/without-mobile").get("application/without-mobile");

        Path folder = Path.of(tried.bytes().orElseThrow());
        assertThat(Files.readString(folder.resolve("01-application.sent")))
                .contains("\"personName\":\"测试甲\"")
                .doesNotContain("mobile");
        assertThat(Files.readString(folder.resolve("02-application.came"))).contains("\"code\":\"OK\"");
    }

    @ParameterizedTest
    @CsvSource({
        "application/item-312098002000,     itemCode,   312098002000",
        "application/code-id-type-414,      certType,   03",
        "application/longest-personName,    personName, %s",
        "application/rare-middle-dot,       personName, 测试·阿卜杜",
        "application/rare-quotes,           personName, '测试\\\"甲'',;乙'",
        "application/rare-markup,           personName, 测试<甲>&乙"
    })
    void findsWhatIsNotTaken(String trial, String field, String value) throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        String refused = "\"%s\":\"%s\"".formatted(field, value.formatted("测试最长".repeat(15)));
        office.passedOn((asked, behind) -> asked.body().contains(refused) ? invalid() : behind.answer(asked));

        assertThat(failed(trial.replaceFirst("-[^-]*$", ""), "application/item-312098001000"))
                .containsExactly(trial);
    }

    @Test
    void findsAFieldThatMayNotBeMissing() throws IOException, InterruptedException {
        open(REST, QUERY);
        office.passedOn((asked, behind) -> !asked.isQuery()
                        && asked.path().endsWith("applications")
                        && !asked.body().contains("mobile")
                ? invalid()
                : behind.answer(asked));

        assertThat(failed("application/without", "application/item", "supplement/without"))
                .containsExactly("application/without-mobile");
    }

    @Test
    void findsAnOfficeThatLosesCharactersOfTwoHalves() throws IOException, InterruptedException {
        open(SOAP, AT_ONCE);
        office.passedOn((asked, behind) -> asked.body().codePoints().anyMatch(Character::isSupplementaryCodePoint)
                ? new Answered(500, "text/html", "<html>500</html>")
                : behind.answer(asked));

        Tried tried = office.tried("application/rare").get("application/rare-extension-b");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).isEqualTo("HTTP 500");
        assertThat(tried.whose()).isEqualTo(Whose.EITHER);
    }

    /** Under another number the office behind does not know a message again. */
    @ParameterizedTest
    @CsvSource({"CALLBACK", "AT_ONCE"})
    void findsAMessageThatIsWorkedTwice(Results results) throws IOException, InterruptedException {
        open(REST, results);
        Set<String> known = ConcurrentHashMap.newKeySet();
        office.passedOn((asked, behind) -> {
            boolean again = !asked.isQuery() && !known.add(asked.body());
            return behind.answer(again ? underAnotherNumber(asked) : asked);
        });

        Tried tried = office.tried("application/twice").get("application/twice");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.came()).contains("worked one message 2 times");
    }

    @Test
    void findsASecondAnswerThatIsAnother() throws IOException, InterruptedException {
        open(REST, QUERY);
        Set<String> known = ConcurrentHashMap.newKeySet();
        office.passedOn((asked, behind) -> asked.isQuery() || known.add(asked.body())
                ? behind.answer(asked)
                : json("{\"code\":\"DOUBLE\",\"message\":\"重复提交\"}"));

        assertThat(failed("application/twice")).containsExactly("application/twice");
    }

    @Test
    void findsFollowersThatAreNotTaken() throws IOException, InterruptedException {
        open(REST, QUERY);
        office.fault("pending");
        office.passedOn((asked, behind) -> asked.path().endsWith("supplements") || asked.isWithdrawal()
                ? json("{\"code\":\"NO\",\"message\":\"不支持\"}")
                : behind.answer(asked));

        assertThat(failed("supplement/follows", "withdrawal/follows"))
                .containsExactly("supplement/follows", "withdrawal/follows");
    }

    @Test
    void findsAWithdrawalThatIsTakenAfterTheDecision() throws IOException, InterruptedException {
        open(SOAP, AT_ONCE);
        office.passedOn((asked, behind) -> {
            Answered answered = behind.answer(asked);
            return asked.isWithdrawal() ? changed(answered, text -> text.replace("TOO_LATE", "OK")) : answered;
        });

        Tried tried = office.tried("withdrawal/").get("withdrawal/after-the-decision");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("the case was decided", "delivered");
    }

    @Test
    void findsALostCallback() throws IOException, InterruptedException {
        open(REST, CALLBACK);
        office.fault("lost-callback");

        Map<String, Tried> tried = office.tried("result/");

        assertThat(tried.get("result/callback").end()).isEqualTo(End.FAILED);
        assertThat(tried.get("result/callback").came()).isEqualTo("no decision within 15 s by callback");
        assertThat(tried.get("result/callback").whose()).isEqualTo(Whose.OFFICE);
        assertThat(tried.get("result/query").end()).isEqualTo(End.PASSED);
    }

    @Test
    void findsACallbackWithAnotherToken() throws IOException, InterruptedException {
        open(REST, CALLBACK);
        Secrets real = Secrets.of(directory.resolve("secrets"), Map.of());
        Secrets others = new Secrets() {
            @Override
            public Optional<String> find(String name) {
                return name.endsWith("-sha256") ? Optional.of("0".repeat(64)) : real.find(name);
            }

            @Override
            public Set<String> names() {
                return real.names();
            }
        };

        assertThat(office.tried(others, "result/callback")
                        .get("result/callback")
                        .came())
                .contains("came with another token than the one whose digest is agreed");
    }

    @Test
    void findsAnOfficeThatNeverDecides() throws IOException, InterruptedException {
        open(REST, QUERY);
        office.fault("pending");

        assertThat(failed("result/", "asked/")).containsExactly("result/query");
    }

    @Test
    void findsAnOfficeThatForgetsWhatItTook() throws IOException, InterruptedException {
        open(SOAP, QUERY);
        office.fault("forgotten");

        assertThat(failed("asked/")).containsExactly("asked/in-work");
    }

    @Test
    void findsAnOfficeThatHasWhatItNeverGot() throws IOException, InterruptedException {
        open(REST, QUERY);
        office.passedOn((asked, behind) -> {
            Answered answered = behind.answer(asked);
            return asked.isQuery() ? changed(answered, text -> text.replace("NOT_FOUND", "OK")) : answered;
        });

        assertThat(failed("asked/")).containsExactly("asked/never-received");
    }

    @Test
    void findsADecisionThatIsNoDocumentOfTheHub() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        office.passedOn((asked, behind) ->
                changed(behind.answer(asked), text -> REQUEST_NO.matcher(text).replaceAll("\"requestNo\":\"B-1\"")));

        Tried tried = office.tried("result/").get("result/at-once");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("its result does not fit: /messageId");
        assertThat(tried.whose()).isEqualTo(Whose.EITHER);
    }

    @Test
    void findsAnOfficeThatTakesWhatIsMissingOrTooLongOrUnknown() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        Pattern name = Pattern.compile("\"personName\":\"[^\"]*\"");
        office.passedOn((asked, behind) -> {
            String body = name.matcher(asked.body()).find()
                    ? name.matcher(asked.body()).replaceAll("\"personName\":\"测试甲\"")
                    : asked.body().replaceFirst("\\{", "{\"personName\":\"测试甲\",");
            return behind.answer(asked.withBody(body.replace("\"ZZ\"", "\"01\"")));
        });

        assertThat(failed("application/missing", "application/too-long", "application/unknown-code"))
                .containsExactlyInAnyOrder(
                        "application/missing-personName",
                        "application/too-long-personName",
                        "application/unknown-code-certType");
    }

    @Test
    void findsAnOfficeThatDecidesAgainstWhatItCannotRead() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        office.passedOn(
                (asked, behind) -> changed(behind.answer(asked), text -> text.replace("\"INVALID\"", "\"REJECTED\"")));

        Tried tried = office.tried("application/unreadable").get("application/unreadable");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("the applicant would be told so");
    }

    @Test
    void findsAnOfficeThatWorksWhatItSendsBack() throws IOException, InterruptedException {
        open(REST, QUERY);
        office.passedOn((asked, behind) -> {
            Answered answered = behind.answer(asked);
            return asked.isQuery() ? changed(answered, text -> text.replace("NOT_FOUND", "OK")) : answered;
        });

        Tried tried = office.tried("application/too-long-certNo").get("application/too-long-certNo");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.came()).contains("it has it all the same");
    }

    @Test
    void findsAnOfficeThatLetsAnybodyIn() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        office.passedOn((asked, behind) ->
                behind.answer(new AgreedOffice.Asked(asked.path(), "Bearer the hub's", asked.body())));

        assertThat(failed("application/by-a-stranger")).containsExactly("application/by-a-stranger");
    }

    @Test
    void saysThatItIsTheHubsFaultWhereTheMappingDoesNotWriteWhatWasAgreed() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        Path mapping = office.mappings().resolve("forestry/application.out.yaml");
        String text = Files.readString(mapping);
        assertThat(text).contains("yyyy-MM-dd HH:mm:ss");
        Files.writeString(mapping, text.replace("yyyy-MM-dd HH:mm:ss", "yyyy/MM/dd HH:mm:ss"));

        Tried tried = office.tried("application/item-312098001000").get("application/item-312098001000");

        assertThat(tried.end()).isEqualTo(End.FAILED);
        assertThat(tried.whose()).isEqualTo(Whose.HUB);
        assertThat(tried.came()).contains("sentTime is not written as yyyy-MM-dd HH:mm:ss");
    }

    @Test
    void goesOnAfterATrialThatFails() throws IOException, InterruptedException {
        open(REST, AT_ONCE);
        office.fault("garbage");
        int[] calls = {0};
        office.passedOn((asked, behind) -> {
            if (++calls[0] == 2) {
                fault("none");
            }
            return behind.answer(asked);
        });

        assertThat(failed("application/item")).containsExactly("application/item-312098001000");
    }

    private void fault(String kind) {
        try {
            office.fault(kind);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private void open(ContractProtocol protocol, Results results) throws IOException {
        office = AgreedOffice.of(directory, protocol, results);
    }

    private Collection<String> failed(String... which) throws IOException, InterruptedException {
        return office.tried(which).values().stream()
                .filter(one -> one.end() == End.FAILED)
                .map(Tried::id)
                .toList();
    }

    private static AgreedOffice.Asked underAnotherNumber(AgreedOffice.Asked asked) {
        Matcher number = REQUEST_NO.matcher(asked.body());
        return asked.withBody(number.replaceFirst("\"requestNo\":\"" + UUID.randomUUID() + "\""));
    }

    private static Answered changed(Answered answered, UnaryOperator<String> how) {
        return new Answered(answered.status(), answered.type(), how.apply(answered.body()));
    }

    private static Answered invalid() {
        return json("{\"code\":\"INVALID\",\"message\":\"格式不符\"}");
    }

    private static Answered json(String text) {
        return new Answered(200, "application/json", text);
    }
}
