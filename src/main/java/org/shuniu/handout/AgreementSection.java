package org.shuniu.handout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.shuniu.contract.Contract;
import org.shuniu.partner.DeliveryPolicy;

/** Says in one language what is agreed besides the messages: items, repeats and limits. */
final class AgreementSection {

    private final Office office;
    private final Language language;

    AgreementSection(Office office, Language language) {
        this.office = office;
        this.language = language;
    }

    String items() {
        return Markdown.table(
                language == Language.ZH
                        ? List.of("事项编码", "名称", "办结时限（工作日）")
                        : List.of("code", "name", "working days to decide"),
                office.contract().items().stream()
                        .map(item -> List.of(
                                Markdown.code(item.code()),
                                language == Language.ZH
                                        ? Markdown.text(item.name().zh())
                                        : Markdown.text("%s (%s)"
                                                .formatted(
                                                        item.name().en(),
                                                        item.name().zh())),
                                String.valueOf(item.workingDays())))
                        .toList());
    }

    /** In which field each message has its id. */
    String messageId() {
        Set<String> names = new LinkedHashSet<>();
        office.messages().forEach(message -> names.add(Markdown.code(office.messageIdField(message.document()))));
        names.remove("");
        return language.list(List.copyOf(names));
    }

    /** When a message is sent again that was not taken. */
    String schedule() {
        if (office.contract().protocol().isFlat()) {
            return language.of(
                    "文件没有传成或没有回音的，枢纽稍后以同一文件名再传，直到完整地放到服务器上。",
                    "A file whose upload failed or got no answer is uploaded again under its name, until it is there whole.");
        }
        DeliveryPolicy policy = office.partner().delivery();
        List<String> waits =
                policy.schedule().stream().skip(1).map(language::of).toList();
        Duration whole = policy.schedule().stream().reduce(Duration.ZERO, Duration::plus);
        return language.of(
                        "没有办成的，首次之后依次等待 %s 再发（每次随机增减 %s%%），前后共约 %s；仍不成的，由枢纽人员处理。",
                        "What was not done is sent again after %s (each %s %% longer or shorter at random), about %s in all; after that a person at the hub sees to it.")
                .formatted(language.list(waits), Math.round(policy.jitter() * 100), language.of(whole));
    }

    String unknown() {
        if (office.contract().protocol().isFlat()) {
            return "";
        }
        return switch (office.partner().delivery().unknownOutcome()) {
            case ASK ->
                language.of(
                        "**结果不明**时，枢纽先查询，再决定是否重发。",
                        "Where the **outcome is unknown**, the hub asks first, and then decides whether to send it again.");
            case RECOGNISES_ID ->
                language.of(
                        "**结果不明**时（超时、连接中断、答复读不懂），枢纽以同一报文编号再发，所以贵单位须认得已办过的报文编号。",
                        "Where the **outcome is unknown** (a time-out, a broken line, an answer that cannot be read), the hub sends it again with the same id; so the office must know the ids of what it has done.");
            case NEITHER ->
                language.of(
                        "**结果不明**时，枢纽不自动重发，由枢纽人员联系贵单位后处理。",
                        "Where the **outcome is unknown**, the hub does not send it again by itself; a person asks the office.");
        };
    }

    String limits() {
        List<String> lines = new ArrayList<>();
        lines.add(language.of(
                "办结时限见第 1 节，从受理起按工作日计。", "Working days to decide stand in section 1; they count from the acceptance."));
        if (office.isCalled()) {
            called(lines);
        }
        office.partner().enquiry().ifPresent(enquiry -> {
            lines.add(language.of(
                            "没有结果的办件，枢纽在收件后及每次查询后依次等待 %s 再查询，此后一直按最后一个间隔。",
                            "While a case has no result the hub asks: %s after it was taken and then after each question; the last wait stands for all that follow.")
                    .formatted(language.list(
                            enquiry.waits().stream().map(language::of).toList())));
            lines.add(language.of(
                            "%s 仍无结果的，枢纽人员会联系贵单位。", "After %s without a result a person at the hub asks the office.")
                    .formatted(language.of(enquiry.overdue())));
        });
        office.partner()
                .files()
                .ifPresent(files -> lines.add(language.of("一个文件最多 %d 行。", "A file has at most %d rows.")
                        .formatted(office.contract()
                                .limits()
                                .rows()
                                .orElse(files.send().mostRows()))));
        office.partner()
                .files()
                .ifPresent(files -> lines.add(language.of(
                                "结果文件超过 %s 仍不完整的，枢纽人员会联系贵单位。",
                                "A file of results that is not whole after %s is asked about.")
                        .formatted(language.of(files.receive().overdue()))));
        return Markdown.bullets(lines);
    }

    /** What is agreed goes before what partner.yaml has otherwise. */
    private void called(List<String> lines) {
        Contract.Limits agreed = office.contract().limits();
        DeliveryPolicy policy = office.partner().delivery();
        agreed.deadline()
                .ifPresent(time -> lines.add(language.of("贵单位在 %s 内答复一次调用。", "The office answers a call within %s.")
                        .formatted(language.of(time))));
        lines.add(language.of(
                        "一次调用（含建立连接）最长 %s；超过即按结果不明处理。",
                        "A call takes at most %s, connecting included; a longer one is an unknown outcome.")
                .formatted(language.of(policy.deadline())));
        lines.add(language.of("同时最多 %d 个调用。", "At most %d calls at a time.")
                .formatted(agreed.parallel().orElse(policy.parallel())));
        if (agreed.perSecond().isPresent()) {
            lines.add(language.of("每秒最多开始 %d 个调用。", "At most %d calls begin in a second.")
                    .formatted(agreed.perSecond().getAsInt()));
        } else {
            policy.rate()
                    .ifPresent(rate -> lines.add(language.of(
                                    "每秒最多开始 %d 个调用，空闲之后最多一次 %d 个。",
                                    "At most %d calls begin in a second, and %d at once after a quiet time.")
                            .formatted(rate.perSecond(), rate.burst())));
        }
    }
}
