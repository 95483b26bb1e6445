package org.shuniu.document;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Documents that are in order, for tests to spoil. */
final class Applications {
    static final Clock NOON = Clock.fixed(Instant.parse("2026-11-24T04:00:00Z"), ZoneOffset.UTC);

    private static final JsonMapper MAPPER = new JsonMapper();

    private Applications() {}

    static ObjectNode online() {
        return tree("""
                {"itemCode":"312000250000","applicationTime":"20261124T101500","channel":"2",
                 "applicant":{"type":"1","name":"张㛃","idType":"111","idNumber":"11010519491231002X",
                   "sex":"2","birthDate":"19491231","mobile":"13800000000","division":"310101002"},
                 "agent":{"name":"李四","idType":"111","idNumber":"440524188001010014","mobile":"021-12345678"},
                 "form":{"purpose":"认证","copies":2,"nested":{"any":[1,true,null]}},
                 "materials":[{"name":"身份证","source":"0","attachment":{"digest":"sha256:%s","size":12}}],
                 "somethingNew":{"kept":true}}
                """.formatted("0f".repeat(32)));
    }

    static ObjectNode counter() {
        ObjectNode application = online();
        application.put("itemCode", "312000377000");
        application.put("channel", "1");
        application.put("receivingCentre", "31010100201");
        return application;
    }

    static ObjectNode tree(String json) {
        return (ObjectNode) MAPPER.readTree(json);
    }
}
