package org.shuniu.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.command.Commands;
import org.shuniu.packaged.Workplace;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Faults of every kind in files of every kind, all at once: one run of the command tells each once, with its file and line, what is
 * there, and what is expected instead; and nothing else.
 */
class BrokenInputsTest {

    /** A route that keeps every rule but one: what its step does. */
    private static final String ROUTE = """
            # For a test. Try: it.
            - route:
                id: broken-%1$s
                description: For a test
                routeConfigurationId: errors
                from:
                  id: broken-%1$s-from
                  description: Where it begins
                  uri: %2$s
                  steps:
            %3$s
            """;

    private static final String FROM_POLICE = "gateway:police/";
    private static final int STEP = 11;
    private static final int HEADER = 1;

    /**
     * A fault as it must be told.
     *
     * @param line counted from 1; 0 of a folder or a file that is not there
     */
    private record Planted(String file, long line, String reason, String cure) {

        boolean isToldBy(Told told) {
            return told.file().equals(file)
                    && told.line() == line
                    && told.reason().contains(reason)
                    && told.cure().contains(cure);
        }
    }

    /** A fault as the command tells it. */
    private record Told(String file, long line, String place, String reason, String cure) {}

    @TempDir
    private Path directory;

    private final List<Planted> planted = new ArrayList<>();

    @Test
    void eachIsToldOnceWithFileLineReasonAndCure() throws IOException {
        Workplace.prepare(directory);
        breakRoutes();
        breakUsesOfTemplates();
        breakPartners();
        breakMappings();
        breakAllowedFields();
        breakCodeTables();
        breakCatalogue();
        breakExamples();
        breakFolders();
        breakSettings();
        assertThat(planted).hasSizeGreaterThanOrEqualTo(80);

        List<Told> told = checkWithPartnersThatListen();

        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(planted)
                    .filteredOn(fault -> told.stream().filter(fault::isToldBy).count() != 1)
                    .as("planted, and not told once")
                    .isEmpty();
            softly.assertThat(told)
                    .filteredOn(fault -> planted.stream().noneMatch(one -> one.isToldBy(fault)))
                    .as("told, and not planted")
                    .isEmpty();
            softly.assertThat(told)
                    .doesNotHaveDuplicates()
                    .allMatch(fault -> !fault.cure().isBlank(), "has a cure");
        });
    }

    @Test
    void settingsThatAreNoYamlHideNothingElse() throws IOException {
        Workplace.prepare(directory);
        write("application.yaml", "shuniu:\n  data-dir: [\n");
        change("routes/police/partner.yaml", "protocol: rest", "protocol: rset", "'rset'", "one of [amqp");

        List<Told> told = check(1);

        assertThat(told).hasSize(2).anySatisfy(fault -> {
            assertThat(fault.file()).isEqualTo("application.yaml");
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.reason()).startsWith("not YAML");
        });
        assertThat(told).anyMatch(planted.get(0)::isToldBy);
    }

    private List<Told> checkWithPartnersThatListen() throws IOException {
        try (ServerSocket partners = new ServerSocket(0, 200, InetAddress.getLoopbackAddress())) {
            return check(partners.getLocalPort());
        }
    }

    @Test
    void foldersThatAreNotThereAreToldAlone() {
        assertThat(check(1)).extracting(Told::place).containsExactly("shuniu.routes-dir", "shuniu.mappings-dir");
    }

    @Test
    void tellsWhatProductionLacks() throws IOException {
        Workplace.prepare(directory);

        assertThat(check(1, "--spring.profiles.active=production"))
                .anySatisfy(fault -> {
                    assertThat(fault.place()).isEqualTo("shuniu.public-url");
                    assertThat(fault.file()).endsWith("application-production.yaml");
                    assertThat(fault.line()).isPositive();
                    assertThat(fault.reason()).isEqualTo("missing");
                    assertThat(fault.cure()).contains("application.yaml or the environment");
                })
                .anySatisfy(fault -> {
                    assertThat(fault.place()).isEqualTo("secret operator-token-sha256");
                    assertThat(fault.cure()).contains("shuniu.secrets-dir");
                });
    }

    /** @param port on which all partners but one are reached */
    private List<Told> check(int port, String... more) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> options = new ArrayList<>(List.of(
                "check",
                "--json",
                "--shuniu.routes-dir=" + directory.resolve("routes"),
                "--shuniu.mappings-dir=" + directory.resolve("mappings"),
                "--shuniu.data-dir=" + directory.resolve("data"),
                "--shuniu.simulator.address=http://127.0.0.1:" + port,
                "--shuniu.simulator.sftp.port=" + port,
                "--shuniu.simulator.listeners.archives=" + port,
                "--shuniu.simulator.listeners.smpp=" + port,
                "--spring.config.additional-location=optional:file:" + directory.resolve("application.yaml")));
        options.addAll(List.of(more));
        if (port > 1) {
            options.add("--reach");
        }
        int exit = Commands.run(
                new PrintStream(out, true, StandardCharsets.UTF_8), System.err, options.toArray(String[]::new));
        assertThat(exit).isEqualTo(1);
        List<Told> told = new ArrayList<>();
        for (JsonNode fault : JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8))) {
            told.add(new Told(
                    text(fault, "file"),
                    fault.path("line").asLong(),
                    text(fault, "place"),
                    text(fault, "reason"),
                    text(fault, "cure")));
        }
        return told;
    }

    private String text(JsonNode fault, String key) {
        return fault.path(key).asString("").replace(directory + "/", "");
    }

    private void breakRoutes() throws IOException {
        write("routes/broken-yaml.camel.yaml", "# Try: it\n- route:\n    id: [\n");
        planted("routes/broken-yaml.camel.yaml", 3, "not YAML", "one document of YAML");
        write("routes/broken-tab.camel.yaml", "# Try: it\n- route:\n\tid: x\n");
        planted("routes/broken-tab.camel.yaml", 3, "not YAML", "indented by spaces");
        bytes("routes/broken-charset.camel.yaml", "# 路由\n# Try: 试\n", 1);
        route("step", "- transformDatatype: {toType: partner:out}", "no 'transformDatatype' here", "transformDataType");
        route("option", "- bean: {ref: settlement, method: record, methd: x}", "no 'methd' here", "method");
        route("type", "- log: {message: x, marker: {a: b}}", "an object with [a]", "a value of type string");
        route("short", "- to: direct:intake", "'direct:intake'", "keys and values, as in Camel's explicit notation");
        route(
                "two-keys",
                "- bean: {ref: settlement, method: record}\n          stop: {}",
                "2 keys side by side",
                "a step is an item of a list");
        route("nowhere", "- to: {uri: direct:nowhere}", "no route begins at direct:nowhere", "one of [direct:");
        route("component", "- to: {uri: ftp://x}", "'ftp' is no component", "one of [delivery, direct, gateway");
        route("bean", "- bean: {ref: nothing, method: record}", "no bean 'nothing'", "settlement");
        route("method", "- bean: {ref: settlement, method: recrd}", "no method 'recrd'", "record");
        route(
                "script",
                "- setBody: {expression: {simple: {expression: x}}}",
                "'setBody' in a route",
                "a mapping, or a bean");
        route("nobody", "gateway:nobody/x", "- stop: {}", 9, "no partner 'nobody'", "with its partner.yaml");
        route("circle-a", "direct:broken-circle-b", "direct:broken-circle-a", 2);
        route("circle-b", "direct:broken-circle-a", "direct:broken-circle-b", 2);
        route("uncalled", "direct:uncalled", "- stop: {}", 6, "nothing leads to direct:uncalled", "or no such route");
        route("errors", FROM_POLICE + "errors", "- stop: {}", 2, "no error handling", "routeConfigurationId: errors");
        leaveOut("routes/broken-errors.camel.yaml", "    routeConfigurationId: errors\n");
        route("description", FROM_POLICE + "description", "- stop: {}", 2, "no description", "what it does");
        leaveOut("routes/broken-description.camel.yaml", "    description: For a test\n");
        route("nameless", FROM_POLICE + "nameless", "- stop: {}", 8, "has no id", "both id and description");
        leaveOut("routes/broken-nameless.camel.yaml", "      id: broken-nameless-from\n");
        route(
                "twin",
                FROM_POLICE + "twin",
                "- stop: {}",
                2,
                "the id stands in routes/broken-sibling",
                "no other route has");
        write(
                "routes/broken-sibling.camel.yaml",
                ROUTE.formatted("twin", FROM_POLICE + "sibling", "        - stop: {}"));
        route("long", FROM_POLICE + "long", "- stop: {}" + "\n#".repeat(100), 101, "it has 111 lines", "at most 100");
    }

    private void breakUsesOfTemplates() throws IOException {
        change(
                "routes/police/ask-result.camel.yaml",
                "police-ask-result",
                "police-aks-result",
                "'police-aks-result'",
                "'police-ask-result'",
                -2);
        change(
                "routes/police/forward-application.camel.yaml",
                "README.md",
                "READ.md",
                "READ.md is not there",
                "a file that is");
        change(
                "routes/health/retry-delivery.camel.yaml",
                "Ref: forward",
                "Ref: forwrd",
                "no template 'forwrd'",
                "forward");
        change(
                "routes/housing/retry-delivery.camel.yaml",
                "name: queue",
                "name: quue",
                "no parameter 'quue'",
                "queue]");
        change(
                "routes/economy/retry-delivery.camel.yaml",
                "value: economy",
                "value: police",
                "'police'",
                "'economy'",
                -1);
        leaveOut("routes/grain/retry-delivery.camel.yaml", "      - name: queue\n        value: retry\n");
        planted("routes/grain/retry-delivery.camel.yaml", 3, "no parameter 'queue'", "which the template needs");
        Files.delete(directory.resolve("routes/sms-gateway/retry-delivery.camel.yaml"));
        String owner = "routes/sms-gateway/partner.yaml";
        planted(
                owner,
                line(owner, "partner:"),
                "nothing reads the queue sms-gateway.retry",
                "retry-delivery.camel.yaml");
    }

    private void breakPartners() throws IOException {
        partner("police", "reconciliation:", "reconcilation:", "an unknown key", "reconciliation");
        partner("housing", "overdue: ", "overdue: soon # ", "no duration: 'soon'", "30m or 2h");
        partner("health", "protocol: rest", "protocol: rset", "unknown protocol: 'rset'", "rest, sftp");
        partner("economy", "zh: 经信", "zh: ''", "found nothing", "a text");
        partner(
                "logistics",
                "${shuniu.simulator.address}",
                "${nothing.of.this}",
                "no setting nothing.of.this",
                "or a default");
        partner("payment", "zh: 公共支付平台", "zh: {公共支付平台", "not YAML", "one document of YAML");
        partner("grain", "partner: grain", "partner: grain\npartner: grain", "not YAML", "no key stands twice", 1);
        partner("archives", "enriched-by: certificate-library", "enriched-by: nobody", "nobody", "has enrich");
        partner(
                "human-resources",
                "rest-days: [\"06:00-22:00\"]",
                "rest-days: [\"06:00-12:00\", \"11:00-22:00\"]",
                "overlaps 06:00-12:00: '11:00-22:00'",
                "windows apart");
        partner("civil-affairs", "circuit: {failures: 5", "circuit: {failures: 0", "no number above 0: '0'", "from 1");
        partner(
                "trade-union",
                "address: ",
                "address: ftp://files # ",
                "malformed value: 'ftp://files'",
                "sftp://host:port");
        partner("healthcare-security", "schedule: [0s,", "schedule: [soonish,", "no duration: 'soonish'", "500ms");
        partner(
                "disabled-federation",
                "schedule: [0s, 5s, 30s, 5m, 30m, 2h, 5h, 10h, 14h, 20h, 24h]",
                "schedule: []",
                "found nothing",
                "[0s, 5s, 30s]");
        partner(
                "citizen-app",
                "token: citizen-app-secret",
                "token: Pass-w0rd!",
                "no name of a secret",
                "shuniu.secrets-dir");
        partner("portal", "partner: portal", "partner: protal", "not the folder's name: 'protal'", "portal");
        partner("archives", "department: ", "department: XX # ", "no department: 'XX'", "one of [");
        partner(
                "certificate-library",
                "protocol: rest",
                "protocol: rest\ndepartment: GA",
                "department of police: 'GA'",
                "or no department",
                1);
        partner(
                "certificate-library",
                "address: ",
                "address: http://127.0.0.1:1/ # ",
                "nobody can be reached at 127.0.0.1:1",
                "the right address");
        partner(
                "acceptance-platform",
                "operations:\n",
                "operations:\n  nothing: /nothing\n",
                "nothing writes",
                "nothing.out.yaml",
                1);
        partner(
                "jiangsu-test",
                "exchange:\n",
                "exchange:\n  certificates: [abc]\n",
                "no fingerprint: abc",
                "64 hexadecimal digits",
                1);
        partner(
                "jiangsu-test",
                "directions: [pull]",
                "directions: [pul]",
                "an unknown word: pul",
                "push, pull or both");
        partner("jiangsu-test", "version: 1", "version: one", "no number above 0: 'one'", "from 1");
    }

    private void breakMappings() throws IOException {
        row("{target: a, sorce: message.id}", "unknown key 'sorce'", "source");
        row("{target: b, source: message.id, function: uper}", "'uper' is no function", "upper");
        row("{target: c, source: message.id, codes: nothing}", "no table 'nothing'", "id-type");
        row("{target: d, expression: '$sum('}", "not JSONata", "an expression that it reads");
        row("{target: e, expression: '$eval(1)'}", "the function $eval is not in the list", "one of [append");
        row("{target: f, source: mesage.id}", "'mesage.id' begins with no root", "message");
        row(
                "{target: g, source: document.aplicant.name}",
                "'document.aplicant.name' is no place",
                "application.schema.json");
        row("{target: requestId, source: message.id}", "the target stands twice", "once, or a when");
        row("{target: i, source: message.id, type: txt}", "type: 'txt'", "text, number or boolean");
        row("{target: j, source: message.id, max: many}", "max is no length", "a number of characters from 1");
        row("{target: k, source: message.id, value: 1}", "from 2 places", "exactly one of");
        row(
                "{target: l, source: message.acceptedAt, date: iso}",
                "no pair of patterns",
                "{from: pattern, to: pattern}");
        row(
                "{target: m, source: message.acceptedAt, date: {from: iso, to: qqqqqqq}}",
                "'qqqqqqq' is no pattern",
                "such as yyyy-MM-dd HH:mm:ss");
        change(
                "mappings/housing/application.out.yaml",
                "{kind: json}",
                "{kind: jason}",
                "codec.kind is 'jason'",
                "json");
        change(
                "mappings/health/application.out.yaml",
                "charset: GB18030",
                "charset: GB18031",
                "codec.charset is 'GB18031'",
                "a charset");
        change(
                "mappings/police/withdrawal.out.yaml",
                "mapping: police",
                "mapping: plice",
                "'plice/withdrawal.out'",
                "'police/withdrawal.out'");
        change(
                "mappings/police/supplement.out.yaml",
                "description: ",
                "note: x\ndescription: ",
                "unknown key 'note'",
                "rows");
        change("mappings/police/result.in.yaml", "is: unavailable", "is: away", "is: 'away'", "never-received");
        change(
                "mappings/housing/result.in.yaml",
                "document: result",
                "document: reslt",
                "'reslt' is not written here",
                "result");
        change(
                "mappings/health/result.in.yaml",
                "target: caseNo",
                "target: caseNr",
                "'caseNr' is no place",
                "result.schema.json");
        String notification = "mappings/sms-gateway/notification.out.yaml";
        append(
                notification,
                "  - {target: name, source: document.applicant.name, when: 1 = 2}",
                "'document.applicant.name' may not leave towards this partner",
                "allowed-fields");
        change(
                "mappings/police/query.out.yaml",
                "codec:",
                "mapping: police/query.out\ncodec:",
                "not YAML",
                "no key stands twice");
    }

    private void breakAllowedFields() throws IOException {
        String grain = "mappings/grain/allowed-fields.csv";
        change(grain, ",申请人的说明,", ",,", "no purpose", "what the receiver needs it for");
        change(
                grain,
                "document.channel,*,申报来源,GB/T 39046-2020 表5",
                "document.channel,*,申报来源,",
                "no legal basis",
                "law");
        change(grain, "case.itemCode,*", "case.itemCode,all", "no codes of items", "*");
        change(
                "mappings/payment/allowed-fields.csv",
                "field,items,purpose,basis,valid_from,valid_to\n",
                "field,items,purpose,basis,valid_from,valid_to\ncase.status,*,不用,协议 1,,\n",
                "no mapping of this partner reads it",
                "a row that does",
                1);
        Files.delete(directory.resolve("mappings/portal/allowed-fields.csv"));
        planted("mappings/portal/allowed-fields.csv", 0, "nothing may leave", "one with a line for each field");
    }

    private void breakCodeTables() throws IOException {
        change(
                "mappings/trade-union/codes/channel.csv",
                "hub,local",
                "hub,lokal",
                "columns [hub, lokal",
                "[hub, local, use, name]");
        change("mappings/trade-union/codes/state.csv", ",both,", ",bth,", "use is 'bth'", "both, out or in");
        write("mappings/trade-union/codes/unused.csv", "hub,local,use,name\n1,2,both,x\n");
        planted("mappings/trade-union/codes/unused.csv", HEADER, "no mapping uses this table", "codes: unused");
        bytes("mappings/civil-affairs/codes/sex.csv", "hub,local,use,name\n0,0,both,x\n1,男,both,男\n", 3);
        change(
                "mappings/civil-affairs/codes/id-type.csv",
                "hub,local",
                "\uFEFFhub,local",
                "a byte order mark",
                "UTF-8 without one");
        change("mappings/grain/codes/result.csv", ",both,", "both,", "3 fields", "4 as in the header");
        append("mappings/grain/codes/id-type.csv", "111,x,both,x", "hub code '111' stands twice", "once on any day");
        append("mappings/human-resources/codes/state.csv", ",Z,both,x", "an empty code", "one in both columns");
        append("mappings/human-resources/codes/channel.csv", "x,y", "2 fields", "4 as in the header");
        append(
                "mappings/certificate-library/codes/id-type.csv",
                "999,999,both,x",
                "'999' is no code of the hub",
                "id-types.csv");
        write(
                "mappings/economy/codes/dated.csv",
                "hub,local,use,name,valid_from,valid_to\n1,A,both,x,2020-12-31,2020-01-01\n2,B,both,x,yesterday,\n");
        planted(
                "mappings/economy/codes/dated.csv",
                2,
                "valid_to 2020-01-01 is before valid_from 2020-12-31",
                "last day");
        planted("mappings/economy/codes/dated.csv", 3, "valid_from is 'yesterday'", "2026-07-01");
        row("{target: n, source: message.id, codes: dated, note: so that the table is used}", null, null);
        write(
                "mappings/logistics/codes/ended.csv",
                "hub,local,use,name,valid_from,valid_to\n1,A,both,x,2020-01-01,2020-12-31\n");
        planted("mappings/logistics/codes/ended.csv", HEADER, "every row has ended", "at least one that holds");
        Path order = directory.resolve("mappings/logistics/order.out.yaml");
        Files.writeString(
                order,
                Files.readString(order).stripTrailing()
                        + "\n  - {target: ended, source: message.id, codes: ended, when: 1 = 2}\n");
    }

    private void breakCatalogue() throws IOException {
        change("mappings/catalogue/sex.csv", "2018-01-01", "yesterday", "found 'yesterday'", "a date like 2019-01-31");
        append(
                "mappings/catalogue/routing.csv",
                "312000194000,ZZ,made-up,2018-07-01,",
                "'312000194000'",
                "no other line has on the same day");
        planted(
                "mappings/catalogue/routing.csv",
                lines("mappings/catalogue/routing.csv"),
                "'ZZ'",
                "departments.csv in force");
        append(
                "mappings/catalogue/divisions.csv",
                "990000,x,x,province,980000,current,,made-up,2018-01-01,",
                "'980000'",
                "a line of divisions.csv");
        append(
                "mappings/catalogue/divisions.csv",
                "990100,x,x,galaxy,,current,,made-up,2018-01-01,",
                "'galaxy'",
                "one of [province");
        append(
                "mappings/catalogue/departments.csv",
                "nobody,QQ,x,x,x,x,x,UTF-8,x,x,0,x,made-up,2018-01-01,",
                "'nobody' is no partner",
                "folder of routes");
        append(
                "mappings/catalogue/marital.csv",
                "77,x,x,made-up,2018-01-01",
                "found 5 fields",
                "6 fields as in line 1");
        append(
                "mappings/catalogue/education.csv",
                "77,x,x,made-up,2018-01-01,2017-01-01",
                "'2017-01-01'",
                "not before valid_from");
        change("mappings/catalogue/follow-ups.csv", ",status,", ",state,", "no such column", "it in the header");
        change("mappings/catalogue/id-types.csv", "code,", "\uFEFFcode,", "a byte order mark", "UTF-8 without one");
        change("mappings/catalogue/calendar.csv", "shifted-working-day", "shifted", "'shifted'", "one of [holiday");
    }

    private void breakExamples() throws IOException {
        String archives = "mappings/archives/examples/";
        change(
                archives + "result.in/found.target.json",
                "delivered",
                "deliverd",
                "something else here",
                "map archives/result.in");
        change(
                archives + "withdrawal.out/reason.target.xml",
                "</",
                "x</",
                "something else here",
                "map archives/withdrawal.out");
        write(archives + "result.in/cut.source.json", "{\n  \"a\": 1,\n");
        write(archives + "result.in/cut.target.json", "{}");
        planted(archives + "result.in/cut.source.json", 2, "not JSON", "one document of JSON");
        write(archives + "result.in/lonely.source.json", "{}");
        planted(
                archives + "result.in/lonely.source.json",
                1,
                "its target lonely.target.json is missing",
                "map archives/result.in");
        write(archives + "result.in/lost.target.json", "{}");
        planted(archives + "result.in/lost.target.json", 1, "a file of no example", "with its .target");
        write(archives + "rsult.in/x.source.json", "{}");
        write(archives + "rsult.in/x.target.json", "{}");
        planted(archives + "rsult.in/x.source.json", 1, "no archives/rsult.in.yaml", "called as a mapping is");
        change(
                archives + "supplement.out/papers.source.json",
                "\"materials\": [",
                "\"materials\": 1, \"papers\": [",
                "found number",
                "supplement.schema.json has it");
    }

    private void breakFolders() throws IOException {
        write("mappings/nobody/README.md", "");
        planted("mappings/nobody", 0, "mappings of no partner", "routes/nobody/partner.yaml");
        write("routes/nobody-else/README.md", "");
        planted("routes/nobody-else", 0, "a folder without a partner", "a file partner.yaml in it");
        planted("routes/nobody-else", 0, "a partner without mappings", "mappings/nobody-else");
        Files.delete(directory.resolve("mappings/police/README.md"));
        planted("mappings/police/README.md", 0, "nothing tells what this partner's system is", "owner and quirks");
    }

    private void breakSettings() throws IOException {
        write("application.yaml", """
                shuniu:
                  intake:
                    waiting-lin: 5
                    patience: soon
                  delivery:
                    keep-hours: maybe
                    body-in-message: many
                  partners:
                    police:
                      adress: http://127.0.0.1:1
                """);
        planted("application.yaml", 3, "nobody reads this setting", "waiting-line, or another of [bodies-arriving");
        planted("application.yaml", 4, "found 'soon'", "a number with a unit, such as 500ms");
        planted("application.yaml", 6, "found 'maybe'", "true or false");
        planted("application.yaml", 7, "found 'many'", "64KB");
        planted("application.yaml", 10, "nobody reads this setting", "shuniu.partners.police.address");
    }

    private void route(String name, String step, String reason, String cure) throws IOException {
        route(name, FROM_POLICE + name, step, STEP, reason, cure);
    }

    private void route(String name, String from, String to, int line) throws IOException {
        route(name, from, "- to: {uri: %s}".formatted(to), line, "it leads back to itself: " + from, "a way that ends");
    }

    private void route(String name, String from, String step, int line, String reason, String cure) throws IOException {
        String file = "routes/broken-%s.camel.yaml".formatted(name);
        write(file, ROUTE.formatted(name, from, "        " + step));
        planted(file, line, reason, cure);
    }

    private void partner(String id, String from, String to, String reason, String cure) throws IOException {
        change("routes/%s/partner.yaml".formatted(id), from, to, reason, cure);
    }

    private void partner(String id, String from, String to, String reason, String cure, int below) throws IOException {
        change("routes/%s/partner.yaml".formatted(id), from, to, reason, cure, below);
    }

    /** Adds a row to the mapping of a department. */
    private void row(String row, String reason, String cure) throws IOException {
        String file = "mappings/economy/application.out.yaml";
        Path path = directory.resolve(file);
        Files.writeString(path, Files.readString(path).stripTrailing() + "\n  - " + row + "\n");
        if (reason != null) {
            planted(file, lines(file), reason, cure);
        }
    }

    private void append(String file, String row, String reason, String cure) throws IOException {
        Path path = directory.resolve(file);
        Files.writeString(path, Files.readString(path).stripTrailing() + "\n" + row + "\n");
        planted(file, lines(file), reason, cure);
    }

    private void change(String file, String from, String to, String reason, String cure) throws IOException {
        change(file, from, to, reason, cure, 0);
    }

    /** @param below how many lines below the beginning of the change it is told; below 0 above it */
    private void change(String file, String from, String to, String reason, String cure, int below) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        int at = text.indexOf(from);
        assertThat(at).as("%s in %s", from, file).isNotNegative();
        Files.writeString(path, text.substring(0, at) + to + text.substring(at + from.length()));
        long line = 1
                + text.substring(0, at).chars().filter(letter -> letter == '\n').count();
        planted(file, line + below, reason, cure);
    }

    private void leaveOut(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        String whole = Files.readString(path);
        assertThat(whole).as(file).contains(text);
        Files.writeString(path, whole.replace(text, ""));
    }

    private void bytes(String file, String text, int line) throws IOException {
        Files.write(directory.resolve(file), text.getBytes(Charset.forName("GB18030")));
        planted(file, line, "bytes that are no UTF-8", "iconv -f GB18030 -t UTF-8");
    }

    private void write(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private long lines(String file) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve(file))) {
            return lines.count();
        }
    }

    private long line(String file, String beginning) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(beginning)) {
                return i + 1L;
            }
        }
        throw new AssertionError("no line of %s begins with %s".formatted(file, beginning));
    }

    private void planted(String file, long line, String reason, String cure) {
        planted.add(new Planted(file, line, reason, cure));
    }
}
