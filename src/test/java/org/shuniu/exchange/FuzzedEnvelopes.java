package org.shuniu.exchange;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.DocumentReader;
import org.shuniu.fuzz.FuzzedReader;
import org.shuniu.intake.SubmissionRefused;

/** What a region signs and sends: its envelope, its codes, and the parts that it asks for. */
public final class FuzzedEnvelopes {

    private static final Instant NOW = Instant.parse("2026-11-26T04:00:00Z");
    private static final String ID = "01940000-0000-7000-8000-000000000001";
    private static final String OWN = "urn:chx:shanghai:hub";
    private static final String SOURCE = "urn:chx:jiangsu:hub";
    private static final String ENVELOPE = """
            {"specversion":"1.0","id":"%s","source":"%s","type":"%s","subject":"case/3200-1",\
            "time":"2026-11-26T11:59:00+08:00","datacontenttype":"application/json",\
            "dataschema":"urn:chx:schema:case.submitted:1.2","chxto":"urn:chx:shanghai:hub","chxseq":1,\
            "chxhops":1,"chxvia":"urn:chx:anhui:hub","chxexpires":"2026-11-27T00:00:00+08:00","data":%s}""";
    private static final String APPLICATION = """
            {"senderCaseNo":"3200-1","itemCode":"CSJ312090039000","applicationTime":"20261126T101459","channel":"2",\
            "applicant":{"type":"1","name":"测试甲","idType":"111","idNumber":"11010519491231002X","division":"310101002"},\
            "form":{"amount":12.50}}""";

    private FuzzedEnvelopes() {}

    public static List<FuzzedReader> readers() {
        RegionCodes codes = new RegionCodes(Catalogue.load(Path.of("mappings")), Clock.fixed(NOW, ZoneOffset.UTC));
        DocumentReader documents = new DocumentReader();
        List<byte[]> valid = List.of(
                envelope(Envelope.SUBMITTED, APPLICATION),
                envelope("cn.shuniu.case.withdrawn.v1", "{\"reason\":\"不办了\"}"),
                envelope("cn.shuniu.case.status.v1", "{\"status\":\"30\"}"));
        return List.of(
                new FuzzedReader(
                        "envelope",
                        valid,
                        bytes -> {
                            Envelope envelope = Envelope.read(bytes, ID, SOURCE, OWN, NOW);
                            documents.read(
                                    envelope.returns() ? envelope.data() : codes.read("jiangsu", envelope.data()));
                        },
                        Set.of(SubmissionRefused.class)),
                new FuzzedReader(
                        "what a region says and signs",
                        List.of("{\"kind\":\"DELIVERED\",\"messageId\":\"%s\"}"
                                .formatted(ID)
                                .getBytes(StandardCharsets.UTF_8)),
                        ExchangeEntry::tree,
                        Set.of(SubmissionRefused.class)));
    }

    private static byte[] envelope(String type, String data) {
        return ENVELOPE.formatted(ID, SOURCE, type, data).getBytes(StandardCharsets.UTF_8);
    }
}
