package org.shuniu.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Values that a place may have by its schema, chosen so that what a mapping makes of them tells what it loses. */
record Probe(JsonNode usual, List<JsonNode> codes, List<Pair> pairs, List<JsonNode> texts) {

    /**
     * Two values that differ in one respect alone.
     *
     * @param kind what it means when nobody can tell them apart any more
     * @param respect what is lost then
     */
    record Pair(JsonNode one, JsonNode other, Loss.Kind kind, String respect) {}

    private static final int LONG = 500;
    /** Of places where any text may stand. */
    private static final String PROSE = "测试甲";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Pairs of usual values, of which the first counts that a schema lets through. */
    private static final List<List<String>> USUAL = List.of(
            List.of(PROSE, "测试乙"),
            List.of("20260102T030405", "20270103T040506"),
            List.of("310101002", "330112001"),
            List.of("20260102", "20260103"),
            List.of("200001", "200002"),
            List.of("sha256:" + "a".repeat(64), "sha256:" + "b".repeat(64)),
            List.of("01940000-0000-7000-8000-00000000000a", "01940000-0000-7000-8000-00000000000b"),
            List.of("application/pdf", "image/png"),
            List.of("SFZ", "HKB"),
            List.of("1.00", "2.00"),
            List.of("A1", "A2"));
    /** What codecs and functions may change: rare characters, wide ones, more than one line. */
    private static final List<String> TEXTS = List.of("㛃𬭊", "Ａｂ１", "第一行\n第二行");

    /** Of places that intake checks, only what it lets through. */
    private static final Map<String, List<String>> TEXTS_OF = Map.of(
            "mobile", List.of("021-62345678", "0512-87654321"), "idNumber", List.of("g12345678", "A".repeat(18)));

    private static final Map<String, List<String>> USUAL_OF = Map.of(
            "mobile", List.of("13900000001", "13900000002"),
            "idNumber", List.of("11010519491231002X", "440524188001010014"),
            "insuredDivision", List.of("310101", "330112"));

    /** @param codes of the catalogue's table for this place; empty where it has none */
    static Probe of(String name, JsonNode schema, List<String> codes) {
        String type = schema.path("type").asString("string");
        if (type.equals("integer") || type.equals("number")) {
            return plain(NODES.numberNode(1), NODES.numberNode(2));
        }
        if (type.equals("boolean")) {
            return plain(NODES.booleanNode(true), NODES.booleanNode(false));
        }
        List<String> listed = codes.isEmpty()
                ? schema.path("enum").valueStream().map(JsonNode::asString).toList()
                : codes;
        if (!listed.isEmpty()) {
            List<JsonNode> nodes = listed.stream().map(Probe::text).toList();
            return new Probe(nodes.get(0), nodes, List.of(), List.of());
        }
        return ofText(name, schema);
    }

    /** Whether any text may stand there. */
    boolean isProse() {
        return usual.asString("").equals(PROSE);
    }

    /** All that it may be. */
    Stream<JsonNode> values() {
        return Stream.concat(
                Stream.of(codes, texts).flatMap(List::stream),
                pairs.stream().flatMap(pair -> Stream.of(pair.one(), pair.other())));
    }

    private static Probe plain(JsonNode one, JsonNode other) {
        return new Probe(
                one, List.of(), List.of(new Pair(one, other, Loss.Kind.COARSER, "which value it is")), List.of());
    }

    private static Probe ofText(String name, JsonNode schema) {
        List<String> usual = Stream.concat(Stream.ofNullable(USUAL_OF.get(name)), USUAL.stream())
                .filter(pair -> pair.stream().allMatch(value -> fits(schema, value)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "no value is known for a place '%s' of the canonical documents".formatted(name)));
        List<Pair> pairs = new ArrayList<>();
        pairs.add(new Pair(text(usual.get(0)), text(usual.get(1)), Loss.Kind.COARSER, "which value it is"));
        parts(usual.get(0))
                .forEach((respect, other) ->
                        pairs.add(new Pair(text(usual.get(0)), text(other), Loss.Kind.COARSER, respect)));
        int longest = schema.path("maxLength").asInt(LONG);
        Stream.of("测", "x")
                .filter(letter -> !TEXTS_OF.containsKey(name))
                .filter(letter -> fits(schema, letter.repeat(longest)))
                .findFirst()
                .ifPresent(letter -> pairs.add(new Pair(
                        text(letter.repeat(longest - 1) + "1"),
                        text(letter.repeat(longest - 1) + "2"),
                        Loss.Kind.CUT,
                        "the end of a text of %d characters".formatted(longest))));
        return new Probe(
                text(usual.get(0)),
                List.of(),
                pairs,
                TEXTS_OF.getOrDefault(name, TEXTS).stream()
                        .filter(value -> fits(schema, value))
                        .map(Probe::text)
                        .toList());
    }

    /** The same value with another part, by the name of the part. */
    private static Map<String, String> parts(String value) {
        Map<String, String> parts = new LinkedHashMap<>();
        switch (value) {
            case "20260102T030405" -> {
                parts.put("the day", "20260103T030405");
                parts.put("the time of day", "20260102T150405");
                parts.put("the seconds", "20260102T030406");
            }
            case "310101002" -> {
                parts.put("the district", "310104002");
                parts.put("the street", "310101013");
            }
            default -> {
                // Its value is one whole.
            }
        }
        return parts;
    }

    private static boolean fits(JsonNode schema, String value) {
        int length = value.codePointCount(0, value.length());
        String pattern = schema.path("pattern").asString("");
        return length >= schema.path("minLength").asInt(0)
                && length <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && (pattern.isEmpty() || Pattern.compile(pattern).matcher(value).find())
                && (!schema.path("format").asString("").equals("uuid") || value.length() == 36);
    }

    private static JsonNode text(String value) {
        return NODES.stringNode(value);
    }
}
