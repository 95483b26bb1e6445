package org.shuniu.simulator;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An answer of the healthcare security bureau: XML in base64 in rpc/encoded SOAP, with a lie about its encoding. */
final class BureauAnswer {
    static final String CONTENT_TYPE = "text/xml; charset=UTF-8";

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(76, "\n".getBytes(StandardCharsets.US_ASCII));
    private static final String ENVELOPE = """
            <?xml version="1.0" encoding="UTF-8"?>
            <soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"\
             xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
            <soapenv:Body><ns1:callServiceResponse\
             soapenv:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"\
             xmlns:ns1="http://service.ybj.sh.local/"><serviceReturn xsi:type="xsd:string">%s</serviceReturn>\
            </ns1:callServiceResponse></soapenv:Body></soapenv:Envelope>
            """;

    private final Map<String, String> head = new LinkedHashMap<>();
    private final Map<String, String> body = new LinkedHashMap<>();

    private final List<Map<String, String>> items = new ArrayList<>();

    private BureauAnswer(String transId, String code, String message) {
        head.put("transId", transId);
        head.put("retCode", code);
        head.put("retMsg", message);
    }

    static BureauAnswer failure(String transId, String caseNo, String code, String message) {
        BureauAnswer answer = new BureauAnswer(transId, code, message);
        answer.body.put("bizNo", caseNo);
        return answer;
    }

    /** The answer that stands for an effect; the transaction is the one that asks. */
    static BureauAnswer of(String transId, LedgerEntry entry) {
        if (entry.refused()) {
            return failure(transId, entry.caseNo(), "B0001", "参保信息不符合办理条件");
        }
        return switch (entry.effect()) {
            case SUPPLEMENT -> success(transId, entry, "0", "补正已收");
            case WITHDRAWAL -> success(transId, entry, "1", "已撤回");
            default -> success(transId, entry, "1", "办理成功").certified(entry);
        };
    }

    static BureauAnswer processing(String transId, LedgerEntry entry) {
        BureauAnswer answer = success(transId, entry, "0", "办理中");
        answer.body.put("finishTime", "");
        return answer;
    }

    static BureauAnswer count(String transId, CountPage page, Predicate<LedgerEntry> finished) {
        BureauAnswer answer = new BureauAnswer(transId, "000000", "成功");
        page.next().ifPresent(next -> answer.body.put("nextPosition", next));
        for (Ledger.Worked worked : page.worked()) {
            Map<String, String> item = new LinkedHashMap<>();
            item.put("transId", worked.entry().messageId());
            item.put("bizNo", worked.entry().caseNo());
            item.put("serialNo", worked.serial("YB-S-"));
            item.put("time", worked.entry().at().format(CityTime.PACKED));
            item.put("state", finished.test(worked.entry()) ? "1" : "0");
            answer.items.add(item);
        }
        return answer;
    }

    BureauAnswer asEvent(String eventId) {
        head.put("eventId", eventId);
        return this;
    }

    String envelope() {
        String inner = "\uFEFF<?xml version=\"1.0\" encoding=\"GBK\"?>" + xml();
        return ENVELOPE.formatted(LINES.encodeToString(inner.getBytes(StandardCharsets.UTF_8)));
    }

    private static BureauAnswer success(String transId, LedgerEntry entry, String state, String text) {
        BureauAnswer answer = new BureauAnswer(transId, "000000", "成功");
        answer.body.put("bizNo", entry.caseNo());
        answer.body.put("serialNo", Fingerprint.of("YB", entry.messageId(), 14));
        answer.body.put("state", state);
        answer.body.put("resultText", text);
        answer.body.put("certName", "");
        answer.body.put("certNo", "");
        answer.body.put("handler", "经办二");
        answer.body.put("finishTime", entry.at().format(CityTime.PACKED));
        return answer;
    }

    private BureauAnswer certified(LedgerEntry entry) {
        body.put("certName", "医保办理凭证");
        body.put("certNo", Fingerprint.of("YB-C-", entry.messageId(), 12));
        return this;
    }

    private String xml() {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            writer.writeStartElement("response");
            write(writer, "head", head);
            writer.writeStartElement("body");
            write(writer, body);
            for (Map<String, String> item : items) {
                write(writer, "item", item);
            }
            writer.writeEndElement();
            writer.writeEndElement();
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The bureau's answer could not be written", e);
        }
        return text.toString();
    }

    private static void write(XMLStreamWriter writer, String name, Map<String, String> values)
            throws XMLStreamException {
        writer.writeStartElement(name);
        write(writer, values);
        writer.writeEndElement();
    }

    private static void write(XMLStreamWriter writer, Map<String, String> values) throws XMLStreamException {
        for (Map.Entry<String, String> value : values.entrySet()) {
            writer.writeStartElement(value.getKey());
            writer.writeCharacters(value.getValue());
            writer.writeEndElement();
        }
    }
}
