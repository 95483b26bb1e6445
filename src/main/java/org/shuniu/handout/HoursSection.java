package org.shuniu.handout;

import java.util.ArrayList;
import java.util.List;
import org.shuniu.contract.Contract;
import org.shuniu.fault.StrictYaml;
import tools.jackson.databind.JsonNode;

/** Says in one language when the office is open. */
final class HoursSection {

    private final Office office;
    private final Language language;

    HoursSection(Office office, Language language) {
        this.office = office;
        this.language = language;
    }

    String text() {
        JsonNode hours = openingHours();
        if (!hours.isObject()) {
            return language.of(
                    "全天候：枢纽随时发送。停机维护请提前告知枢纽，届时枢纽暂停发送，报文不丢失、不计重发次数。",
                    "Always: the hub sends at any time. Tell the hub before a maintenance; it then waits, and nothing is lost or counted as a failure.");
        }
        List<List<String>> rows = new ArrayList<>();
        JsonNode rest = hours.path("rest-days");
        rows.add(day(language.of("工作日", "working days"), hours.path("working-days")));
        rows.add(day(language.of("周末", "rest days"), rest));
        rows.add(day(language.of("节假日", "holidays"), hours.has("holidays") ? hours.path("holidays") : rest));
        hours.path("closed")
                .forEach(closed -> rows.add(List.of(
                        language.of("停止服务", "closed"),
                        Markdown.text("%s – %s"
                                .formatted(
                                        closed.path("from").asString(""),
                                        closed.path("to").asString(""))))));
        if (hours.has("month-end")) {
            JsonNode closing = hours.path("month-end");
            rows.add(List.of(
                    language.of("每月最后一个工作日停止服务", "closed on the last working day of each month"),
                    Markdown.text("%s – %s"
                            .formatted(
                                    closing.path("from").asString(""),
                                    closing.path("to").asString(language.of("月底", "end of the month"))))));
        }
        return Markdown.table(List.of(language.of("日子", "day"), language.of("时间", "time")), rows)
                + "\n\n"
                + language.of(
                        "其余时间枢纽不发送；报文留待开放后发出，不计重发次数。",
                        "At other times the hub sends nothing; what waits is sent when the office opens, and no attempt is counted.");
    }

    /** What is agreed goes before what partner.yaml has otherwise. */
    private JsonNode openingHours() {
        Contract.Hours agreed = office.contract().hours();
        return agreed.equals(Contract.Hours.ALWAYS) ? office.profile().path("hours") : StrictYaml.read(agreed.text());
    }

    private List<String> day(String name, JsonNode windows) {
        List<String> times = windows.valueStream()
                .map(window -> Markdown.text(window.asString("")))
                .toList();
        return List.of(name, times.isEmpty() ? language.of("不开放", "closed") : language.list(times));
    }
}
