package org.shuniu.simulator;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer of the human resources bureau, document/literal in SOAP 1.2; a refusal looks like a success from outside. */
final class TransactionAnswer {
    static final String CONTENT_TYPE = "application/soap+xml; charset=UTF-8";

    private static final String NAMESPACE = "http://ws.rsj.sh.local/transaction";
    private static final String FAULT = """
            <env:Envelope xmlns:env="%s" xmlns:rs="%s"><env:Body><env:Fault><env:Code><env:Value>env:%s</env:Value>%s\
            </env:Code><env:Reason><env:Text xml:lang="zh">%s</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>
            """;

    private final Map<String, String> head = new LinkedHashMap<>();
    private final Map<String, String> result = new LinkedHashMap<>();
    private final Map<String, String> body = new LinkedHashMap<>();

    private final List<Map<String, String>> rows = new ArrayList<>();

    private TransactionAnswer(String serial, String code, String message) {
        head.put("origserial", serial);
        result.put("buscode", code);
        result.put("busmsg", message);
    }

    static String fault(String code, String subcode, String text) {
        String sub = subcode.isEmpty() ? "" : "<env:Subcode><env:Value>%s</env:Value></env:Subcode>".formatted(subcode);
        return FAULT.formatted(TransactionMessage.ENVELOPE, NAMESPACE, code, sub, text);
    }

    static TransactionAnswer failure(String serial, String code, String message) {
        return new TransactionAnswer(serial, code, message);
    }

    static TransactionAnswer of(LedgerEntry entry) {
        if (entry.refused()) {
            TransactionAnswer refusal = failure(entry.messageId(), "100201", "不符合登记条件");
            refusal.body.put("bizno", entry.caseNo());
            return refusal;
        }
        return switch (entry.effect()) {
            case SUPPLEMENT -> success(entry, "01", "补正已收");
            case WITHDRAWAL -> success(entry, "02", "已撤回");
            default -> success(entry, "02", "办理成功").certified(entry);
        };
    }

    static TransactionAnswer processing(LedgerEntry entry) {
        TransactionAnswer answer = success(entry, "01", "办理中");
        answer.body.put("aae036", "");
        return answer;
    }

    /** The bureau goes on when its fee is paid. */
    static TransactionAnswer fee(LedgerEntry entry) {
        TransactionAnswer answer = success(entry, "05", "待缴费");
        answer.body.put("feeamount", "35.00");
        answer.body.put("feenotice", Fingerprint.of("RS-F-", entry.messageId(), 12));
        return answer;
    }

    static TransactionAnswer count(String serial, CountPage page, Predicate<LedgerEntry> finished) {
        TransactionAnswer answer = new TransactionAnswer(serial, "000000", "成功");
        page.next().ifPresent(next -> answer.body.put("nextposition", next));
        for (Ledger.Worked worked : page.worked()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("origserial", worked.entry().messageId());
            row.put("bizno", worked.entry().caseNo());
            row.put("flowno", worked.serial("RS-S-"));
            row.put("aae036", worked.entry().at().format(CityTime.SPACED));
            row.put("state", finished.test(worked.entry()) ? "02" : "01");
            answer.rows.add(row);
        }
        return answer;
    }

    TransactionAnswer asEvent(String eventId) {
        head.put("eventid", eventId);
        return this;
    }

    private static TransactionAnswer success(LedgerEntry entry, String state, String text) {
        TransactionAnswer answer = new TransactionAnswer(entry.messageId(), "000000", "成功");
        answer.body.put("bizno", entry.caseNo());
        answer.body.put("acceptno", Fingerprint.of("RS", entry.messageId(), 14));
        answer.body.put("state", state);
        answer.body.put("resulttext", text);
        answer.body.put("handler", "经办三");
        answer.body.put("aae036", entry.at().format(CityTime.SPACED));
        return answer;
    }

    private TransactionAnswer certified(LedgerEntry entry) {
        body.put("certname", "人社业务凭证");
        body.put("certno", Fingerprint.of("RS-C-", entry.messageId(), 12));
        return this;
    }

    String envelope() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            writer.writeStartElement("env", "Envelope", TransactionMessage.ENVELOPE);
            writer.writeNamespace("env", TransactionMessage.ENVELOPE);
            writer.writeStartElement("env", "Body", TransactionMessage.ENVELOPE);
            writer.writeStartElement("ns2", "transactionResponse", NAMESPACE);
            writer.writeNamespace("ns2", NAMESPACE);
            writer.writeStartElement("msg");
            writer.writeStartElement("head");
            write(writer, head);
            writer.writeStartElement("rst");
            write(writer, result);
            writer.writeEndElement();
            writer.writeEndElement();
            writer.writeStartElement("body");
            write(writer, body);
            for (Map<String, String> row : rows) {
                writer.writeStartElement("row");
                write(writer, row);
                writer.writeEndElement();
            }
            writer.writeEndDocument();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The bureau's answer could not be written", e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter writer, Map<String, String> values) throws XMLStreamException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            writer.writeStartElement(value.getKey());
            writer.writeCharacters(value.getValue());
            writer.writeEndElement();
        }
    }
}
