package org.shuniu.rotation;

import java.util.List;

/**
 * A column of sealed values, and by what it is known whether a case still needs them.
 *
 * @param sealedAs the place that the values are sealed for
 * @param owner the column of the row that they are sealed for
 * @param caseNo the case that a row {@code t} belongs to, in SQL; null where it belongs to none
 * @param needed whether a row {@code t} is needed whatever becomes of its case, in SQL
 */
public record SealedValues(String table, String column, String sealedAs, String owner, String caseNo, String needed) {

    private static final String CASE_OF_MESSAGE = "(select m.case_no from message m where m.id = t.%s)";

    /**
     * What a region says of a case that it decides is no message of the case, and names it by the hub's number; a step comes under the
     * number of the region that handed the case in.
     */
    private static final String CASE_OF_ENVELOPE = """
            coalesce(%s, case when t.type = 'cn.shuniu.case.step.v1'
                then (select m.case_no from sender_case s join message m on m.id = s.message_id
                    where s.partner = t.partner and s.sender_case_no = substr(t.subject, 6))
                else (select c.case_no from case_file c where c.case_no = substr(t.subject, 6)) end)""".formatted(CASE_OF_MESSAGE.formatted("id"));

    /** What is refused or given up stays unsettled for ever, and in no file: it is the delivery that still needs it. */
    private static final String WAITS =
            "exists (select 1 from delivery d where d.id = t.%s and d.state in ('pending', 'parked'))";

    /** All but attachments, which are files. */
    public static final List<SealedValues> ALL = List.of(
            body("message", "t.case_no", """
                    (t.parked_reason is not null and t.parked_ended_at is null or exists (
                        select 1 from delivery d where d.message_id = t.id and d.state in ('pending', 'parked')))"""),
            body(
                    "answer",
                    "coalesce((select d.case_no from delivery d where d.id = t.delivery_id), %s)"
                            .formatted(CASE_OF_MESSAGE.formatted("message_id")),
                    "t.read_at is null"),
            body("certificate_use", "t.case_no", "t.state = 'open'"),
            body("showing", "null", "t.expires_at > now()"),
            body("dead_message", "null", "t.settled_at is null"),
            body("batch_row", "t.case_no", "t.number is null and " + WAITS.formatted("id")),
            body("received_file", "null", "t.state <> 'read'"),
            body("exchange_message", CASE_OF_ENVELOPE, "false"),
            body("exchange_sent", "t.case_no", "t.settled_at is null and " + WAITS.formatted("delivery_id")),
            new SealedValues(
                    "correction",
                    "body",
                    "message.body",
                    "message_id",
                    CASE_OF_MESSAGE.formatted("message_id"),
                    "false"),
            new SealedValues(
                    "correction",
                    "difference",
                    "correction.difference",
                    "id",
                    CASE_OF_MESSAGE.formatted("message_id"),
                    "false"),
            body("answer_request", "t.case_no", "t.state = 'asked'"));

    private static SealedValues body(String table, String caseNo, String needed) {
        return new SealedValues(table, "body", table + ".body", "id", caseNo, needed);
    }

    public String name() {
        return table + "." + column;
    }
}
