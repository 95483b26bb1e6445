package org.shuniu.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** H19: whatever a department's XML asks for, nothing is fetched, opened or multiplied; every format that holds XML refuses it. */
class HostileXmlTest {

    private static final String PLAIN = "<r><name>测试甲</name></r>";
    private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

    /** How each format holds a document. */
    private static final Map<String, UnaryOperator<String>> FORMATS = Map.of(
            "{\"kind\":\"xml\",\"root\":\"r\"}",
            text -> text,
            "{\"kind\":\"xml\",\"root\":\"r\",\"charset\":\"GB18030\",\"controls\":\"drop\"}",
            text -> text,
            "{\"kind\":\"message\",\"root\":\"r\"}",
            text -> JsonMapper.shared()
                    .createObjectNode()
                    .put("base64", text.getBytes(StandardCharsets.UTF_8))
                    .toString(),
            "{\"kind\":\"soap\",\"root\":\"r\",\"operation\":\"o\",\"namespace\":\"urn:o\",\"argument\":\"a\"}",
            text -> "<s:Envelope xmlns:s='%s'><s:Body><o><a>%s</a></o></s:Body></s:Envelope>"
                    .formatted(SOAP_11, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(1);
    }

    @AfterEach
    void nobodyCalled() throws IOException {
        try (ServerSocket heard = listener) {
            assertThatThrownBy(heard::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    static Stream<Arguments> documents() {
        return Stream.of(
                of("a file", "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><name>&x;</name></r>"),
                of("an address", "<!DOCTYPE r [<!ENTITY x SYSTEM \"http://127.0.0.1:%d/\">]><r><name>&x;</name></r>"),
                of("ftp", "<!DOCTYPE r [<!ENTITY x SYSTEM \"ftp://127.0.0.1:%d/a\">]><r><name>&x;</name></r>"),
                of("an archive", "<!DOCTYPE r [<!ENTITY x SYSTEM \"jar:http://127.0.0.1:%d/a!/b\">]><r>&x;</r>"),
                of("a parameter entity", "<!DOCTYPE r [<!ENTITY %% p SYSTEM \"http://127.0.0.1:%d/\">%%p;]><r/>"),
                of("another's document type", "<!DOCTYPE r SYSTEM \"http://127.0.0.1:%d/r.dtd\"><r/>"),
                of("a public document type", "<!DOCTYPE r PUBLIC \"-//A//B\" \"http://127.0.0.1:%d/r.dtd\"><r/>"),
                of("an empty document type", "<!DOCTYPE r><r><name>测试甲</name></r>"),
                of("an attribute's default", "<!DOCTYPE r [<!ATTLIST r a CDATA \"b\">]><r><name>测试甲</name></r>"),
                of("an entity that nobody declared", "<r><name>&x;</name></r>"),
                of("entities of entities", laughs()),
                of("a long entity very often", quadratic()),
                of("nesting", "<r>" + "<a>".repeat(100_000)),
                of("closed nesting", "<r>" + "<a>".repeat(5_000) + "</a>".repeat(5_000) + "</r>"),
                of("very many elements", "<r>" + "<a/>".repeat(60_000) + "</r>"),
                of("very many attributes", attributes()),
                of("an attribute twice", "<r a=\"1\" a=\"2\"/>"),
                of("a prefix that nobody declared", "<r><x:a/></r>"),
                of("another document behind it", "<r/><r/>"),
                of("text behind it", "<r/>text"),
                of("another root", "<html><body/></html>"),
                of("nothing", ""),
                of("a NUL", "<r>\0</r>"),
                of("a reference to a NUL", "<r>&#0;</r>"));
    }

    private static Arguments of(String what, String document) {
        return Arguments.of(what, document);
    }

    private static String laughs() {
        String entities = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> "<!ENTITY a%d \"%s\">"
                        .formatted(i, "&a%d;".formatted(i - 1).repeat(10)))
                .collect(Collectors.joining());
        return "<!DOCTYPE r [<!ENTITY a0 \"ha\">%s]><r>&a9;</r>".formatted(entities);
    }

    private static String quadratic() {
        return "<!DOCTYPE r [<!ENTITY a \"%s\">]><r>%s</r>".formatted("a".repeat(50_000), "&a;".repeat(50_000));
    }

    private static String attributes() {
        return IntStream.range(0, 20_000)
                .mapToObj(i -> "a%d=\"1\"".formatted(i))
                .collect(Collectors.joining(" ", "<r ", "/>"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void isRefusedInEveryFormat(String what, String document) {
        String text = document.replace("%d", Integer.toString(listener.getLocalPort()))
                .replace("%%", "%");

        FORMATS.forEach((block, holding) -> {
            Codec codec = Codecs.of(JsonMapper.shared().readTree(block));
            byte[] bytes = holding.apply(text).getBytes(codec.charset());
            boolean drops = block.contains("drop") && text.matches("<r>(\0|&#0;)</r>");
            if (drops) {
                assertThat(codec.decode(bytes).asString()).isEmpty();
            } else {
                assertThatThrownBy(() -> codec.decode(bytes))
                        .as(block)
                        .isInstanceOf(Garbled.class)
                        .hasMessageNotContainingAny("测试甲", "root:", "127.0.0.1");
            }
        });
    }

    @Test
    void isReadByEveryFormatWhereItIsPlain() {
        FORMATS.forEach((block, holding) -> {
            Codec codec = Codecs.of(JsonMapper.shared().readTree(block));
            JsonNode tree = codec.decode(holding.apply(PLAIN).getBytes(codec.charset()));
            assertThat((tree.has("content") ? tree.path("content") : tree)
                            .path("name")
                            .asString())
                    .as(block)
                    .isEqualTo("测试甲");
        });
    }

    @Test
    void isRefusedInTheEnvelopeItself() {
        for (String block : new String[] {
            "{\"kind\":\"soap-document\",\"root\":\"r\"}",
            "{\"kind\":\"soap\",\"root\":\"r\",\"operation\":\"o\",\"namespace\":\"urn:o\",\"argument\":\"a\"}"
        }) {
            String space = block.contains("document") ? SOAP_12 : SOAP_11;
            String envelope = ("<!DOCTYPE s:Envelope [<!ENTITY x SYSTEM \"http://127.0.0.1:%d/\">]>"
                            + "<s:Envelope xmlns:s='%s'><s:Body><r>&x;</r></s:Body></s:Envelope>")
                    .formatted(listener.getLocalPort(), space);
            Codec codec = Codecs.of(JsonMapper.shared().readTree(block));

            assertThatThrownBy(() -> codec.decode(envelope.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(Garbled.class);
        }
    }

    /** What only points elsewhere is data like any other: nobody follows it. */
    @Test
    void isDataWhereItOnlyPointsElsewhere() {
        String there = "http://127.0.0.1:%d/".formatted(listener.getLocalPort());
        String document = """
                <?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="%1$s"?>
                <r xmlns:xi="http://www.w3.org/2001/XInclude" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xsi:schemaLocation="urn:a %1$s"
                xsi:noNamespaceSchemaLocation="%1$s"><xi:include href="%1$s" parse="text"/>
                <xsl:value-of select="document('%1$s')"/><name>测试甲</name></r>""".formatted(there);
        Codec codec = Codecs.of(JsonMapper.shared().readTree("{\"kind\":\"xml\",\"root\":\"r\"}"));

        JsonNode tree = codec.decode(document.getBytes(StandardCharsets.UTF_8));

        assertThat(tree.path("name").asString()).isEqualTo("测试甲");
        assertThat(tree.path("include").path("@href").asString()).isEqualTo(there);
    }
}
