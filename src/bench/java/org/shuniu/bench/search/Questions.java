package org.shuniu.bench.search;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.bench.load.ConsoleVisit;
import org.shuniu.bench.load.HttpConnection;

/** Every kind of finding, the worst ones included: rare in a long time, frequent, nothing at all, and what a limited person asks. */
public final class Questions {

    private static final BiPredicate<HttpConnection.Answer, Sample> LEADS_THERE =
            (answer, sample) -> ConsoleVisit.location(answer)
                    .filter(("/cases/" + sample.caseNo())::equals)
                    .isPresent();
    private static final BiPredicate<HttpConnection.Answer, Sample> IS_ANSWERED =
            (answer, sample) -> answer.status() == 200;
    private static final BiPredicate<HttpConnection.Answer, Sample> SHOWS_IT =
            (answer, sample) -> answer.status() == 200 && answer.text().contains(sample.caseNo());
    /** Of the person with known cases. */
    private static final BiPredicate<HttpConnection.Answer, Sample> SHOWS_SOME =
            (answer, sample) -> answer.status() == 200 && answer.text().contains("/cases/31");

    private static final BiPredicate<HttpConnection.Answer, Sample> SHOWS_NONE =
            (answer, sample) -> answer.status() == 200 && !answer.text().contains("/cases/31");

    private static final int MONTH = 30;
    private static final String RARE = "41";
    private static final String FREQUENT = "60";
    private static final String NEVER = "12";

    private Questions() {}

    public static List<Question> all() {
        return Stream.of(numbers(), filters(), limited()).flatMap(List::stream).toList();
    }

    private static List<Question> numbers() {
        return List.of(
                typed("case number", Sample::caseNo),
                typed("message id", Sample::messageId),
                typed("delivery id", Sample::deliveryId),
                typed("sender's case number", Sample::senderCaseNo),
                typed("sender's message key", Sample::idempotencyKey),
                typed("ID number", People.ALL, Sample::idNumber, SHOWS_SOME),
                typed("a number that nobody has", People.ALL, sample -> "X" + sample.caseNo(), SHOWS_NONE),
                new Question(
                        "the case's page",
                        (askers, sample) -> askers.person(People.ALL).get("/cases/" + sample.caseNo()),
                        SHOWS_IT),
                new Question(
                        "ID number, API",
                        (askers, sample) -> askers.asOperator(
                                "/ops/v1/search",
                                "{\"idNumber\":\"%s\"}"
                                        .formatted(sample.idNumber())
                                        .getBytes(StandardCharsets.UTF_8)),
                        (answer, sample) ->
                                answer.status() == 200 && answer.text().contains("\"31")),
                new Question(
                        "case number, API as sender",
                        (askers, sample) -> askers.asSender("/api/v1/cases/" + sample.caseNo()),
                        (answer, sample) -> sample.sender().equals("acceptance-platform")
                                ? SHOWS_IT.test(answer, sample)
                                : answer.status() == 404 || SHOWS_IT.test(answer, sample)));
    }

    private static List<Question> filters() {
        return List.of(
                filtered("a day", 0, IS_ANSWERED, sample -> Map.of()),
                filtered("31 days", IS_ANSWERED, sample -> Map.of()),
                filtered("partner, 31 days", IS_ANSWERED, sample -> Map.of("partner", sample.receiver())),
                filtered("item, 31 days", IS_ANSWERED, sample -> Map.of("item", sample.item())),
                filtered("centre, 31 days", IS_ANSWERED, sample -> Map.of("centre", sample.centre())),
                filtered("a frequent state, 31 days", SHOWS_SOME, sample -> Map.of("state", FREQUENT)),
                filtered("a rare state, 31 days", IS_ANSWERED, sample -> Map.of("state", RARE)),
                filtered("a state that no case is in, 31 days", SHOWS_NONE, sample -> Map.of("state", NEVER)),
                filtered(
                        "partner and rare state, 31 days",
                        IS_ANSWERED,
                        sample -> Map.of("partner", sample.receiver(), "state", RARE)),
                filtered(
                        "item and rare state, 31 days",
                        IS_ANSWERED,
                        sample -> Map.of("item", sample.item(), "state", RARE)),
                filtered(
                        "centre and rare state, 31 days",
                        IS_ANSWERED,
                        sample -> Map.of("centre", sample.centre(), "state", RARE)),
                filtered(
                        "item of another partner, 31 days",
                        SHOWS_NONE,
                        sample -> Map.of("item", sample.item(), "partner", "logistics")),
                filtered(
                        "partner, item, centre and state, its day",
                        0,
                        SHOWS_IT,
                        sample -> Map.of(
                                "partner", sample.receiver(),
                                "item", sample.item(),
                                "centre", sample.centre(),
                                "state", sample.state())));
    }

    private static List<Question> limited() {
        List<Question> questions = new ArrayList<>();
        for (String partner : People.PARTNERS) {
            String who = People.limitedTo(partner);
            String of = "limited to %s: ".formatted(partner);
            questions.add(typed(of + "case number", who, Sample::caseNo, (answer, sample) -> answer.status() < 400));
            questions.add(typed(of + "ID number", who, Sample::idNumber, IS_ANSWERED));
            questions.add(filtered(of + "31 days", who, MONTH, IS_ANSWERED, sample -> Map.of()));
            questions.add(
                    filtered(of + "a rare state, 31 days", who, MONTH, IS_ANSWERED, sample -> Map.of("state", RARE)));
            questions.add(filtered(
                    of + "a frequent state, 31 days", who, MONTH, IS_ANSWERED, sample -> Map.of("state", FREQUENT)));
            questions.add(filtered(
                    of + "partner, 31 days", who, MONTH, IS_ANSWERED, sample -> Map.of("partner", sample.receiver())));
            questions.add(
                    filtered(of + "item, 31 days", who, MONTH, IS_ANSWERED, sample -> Map.of("item", sample.item())));
            questions.add(filtered(
                    of + "centre and rare state, 31 days",
                    who,
                    MONTH,
                    IS_ANSWERED,
                    sample -> Map.of("centre", sample.centre(), "state", RARE)));
        }
        return questions;
    }

    private static Question typed(String kind, Function<Sample, String> number) {
        return typed(kind, People.ALL, number, LEADS_THERE);
    }

    private static Question typed(
            String kind,
            String who,
            Function<Sample, String> number,
            BiPredicate<HttpConnection.Answer, Sample> isRight) {
        return new Question(
                kind, (askers, sample) -> askers.person(who).post("/find", Map.of("q", number.apply(sample))), isRight);
    }

    private static Question filtered(
            String kind,
            BiPredicate<HttpConnection.Answer, Sample> isRight,
            Function<Sample, Map<String, String>> filter) {
        return filtered(kind, MONTH, isRight, filter);
    }

    private static Question filtered(
            String kind,
            int days,
            BiPredicate<HttpConnection.Answer, Sample> isRight,
            Function<Sample, Map<String, String>> filter) {
        return filtered(kind, People.ALL, days, isRight, filter);
    }

    /** @param days before the sample's that are looked at too */
    private static Question filtered(
            String kind,
            String who,
            int days,
            BiPredicate<HttpConnection.Answer, Sample> isRight,
            Function<Sample, Map<String, String>> filter) {
        return new Question(
                kind,
                (askers, sample) -> askers.person(who).get(address(filter.apply(sample), sample.day(), days)),
                isRight);
    }

    private static String address(Map<String, String> filter, LocalDate to, int days) {
        return filter.entrySet().stream()
                .map(field -> "&%s=%s".formatted(field.getKey(), field.getValue()))
                .collect(Collectors.joining("", "/find?from=%s&to=%s".formatted(to.minusDays(days), to), ""));
    }
}
