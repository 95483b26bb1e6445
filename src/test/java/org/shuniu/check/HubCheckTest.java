package org.shuniu.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.HubConfiguration;
import org.shuniu.fault.Fault;
import org.shuniu.packaged.Workplace;
import org.springframework.mock.env.MockEnvironment;

class HubCheckTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

    /** A route that is right, whose steps are put into its last line. */
    private static final String ROUTE = """
            # For a test. Try: it.
            - route:
                id: %s
                description: For a test
                routeConfigurationId: errors
                from:
                  uri: %s
                  steps:
            %s
            """;

    /**
     * Something that is made wrong.
     *
     * @param reason what the check says of it
     * @param line on which it is, 0 where it is on none in particular, -1 where it is on some
     */
    private record Broken(String file, String reason, int line) {}

    @TempDir
    private Path directory;

    private final List<Broken> all = new ArrayList<>();

    @Test
    void findsNothingWrongWithWhatStands() {
        Workplace.prepare(directory);

        assertThat(check(false)).isEmpty();
    }

    /** In one run, each with its file, line, reason and cure. */
    @Test
    void findsEverythingThatIsBrokenInOneRun() throws IOException {
        Workplace.prepare(directory);
        breakRoutes();
        breakPartners();
        breakMappings();
        breakTables();
        breakExamplesAndFolders();
        assertThat(all).hasSizeGreaterThanOrEqualTo(40);

        List<Fault> faults = check(true);

        SoftAssertions.assertSoftly(softly -> {
            for (Broken broken : all) {
                softly.assertThat(faults)
                        .as("%s: %s", broken.file(), broken.reason())
                        .anySatisfy(fault -> {
                            assertThat(fault.file()).endsWith(broken.file());
                            assertThat(fault.toString()).contains(broken.reason());
                            assertThat(fault.cure()).isNotBlank();
                            if (broken.line() < 0) {
                                assertThat(fault.line()).isPositive();
                            } else {
                                assertThat(fault.line()).isEqualTo(broken.line());
                            }
                        });
            }
            softly.assertThat(faults)
                    .filteredOn(fault -> !fault.reason().startsWith("nobody can be reached"))
                    .allSatisfy(fault -> assertThat(all)
                            .as(fault.toString())
                            .anySatisfy(broken -> assertThat(fault.file()).endsWith(broken.file())));
        });
    }

    @Test
    void keepsItsListWhenTheMappingsOfAPartnerCannotBeRead() throws IOException {
        Workplace.prepare(directory);
        replace("mappings/trade-union/codes/channel.csv", "hub,local", "hub,lokal");
        replace("mappings/healthcare-security/result.in.yaml", "outcome:", "outcomes:");

        assertThat(check(false))
                .extracting(Fault::file)
                .allMatch(file -> file.endsWith("channel.csv") || file.endsWith("healthcare-security/result.in.yaml"))
                .hasSizeGreaterThan(2);
    }

    @Test
    void tellsAFaultOnceAndNotWhatFollowsFromIt() throws IOException {
        Workplace.prepare(directory);
        replace("routes/delivery.camel.yaml", "routeConfigurationId: errors", "routeConfigId: errors");
        replace("routes/certificate-library/partner.yaml", "protocol: ", "protocl: ");

        assertThat(check(false))
                .extracting(Fault::file)
                .allMatch(file -> file.endsWith("routes/delivery.camel.yaml")
                        || file.endsWith("certificate-library/partner.yaml"));
    }

    @Test
    void saysWhatItCannotReadAtAll() throws IOException {
        Workplace.prepare(directory);
        Files.delete(directory.resolve("mappings/canonical/parts.schema.json"));
        Files.writeString(directory.resolve("mappings/canonical/status.schema.json"), "{");
        replace("routes/police/partner.yaml", "allowed-fields:", "alowed-fields:");

        assertThat(check(false))
                .anySatisfy(fault -> assertThat(fault.reason()).contains("came to an early end"))
                .anySatisfy(fault -> assertThat(fault.place()).isEqualTo("alowed-fields"));
    }

    private List<Fault> check(boolean reach) {
        MockEnvironment settings = new MockEnvironment()
                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                .withProperty("shuniu.simulator.listeners.archives", "1")
                .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x");
        return new HubCheck(
                        directory.resolve("routes"),
                        directory.resolve("mappings"),
                        settings::resolveRequiredPlaceholders,
                        HubConfiguration.beans())
                .run(DAY, reach);
    }

    private void breakRoutes() throws IOException {
        write("routes/broken-yaml.camel.yaml", "- route:\n    id: [\n", "not YAML", -1);
        route(
                "step",
                "gateway:police/a",
                "        - transformDatatype: {toType: partner:out}",
                "knows no 'transformDatatype'",
                9);
        route("option", "gateway:police/b", "        - bean: {ref: settlement, methd: record}", "knows no 'methd'", 9);
        route("type", "gateway:police/c", "        - log: {message: x, marker: {a: b}}", "a value of type", 9);
        route(
                "two-keys",
                "gateway:police/d",
                "        - bean: {ref: settlement, method: record}\n          stop: {}",
                "2 keys side by side",
                9);
        route("circle-a", "direct:circle-a", "        - to: {uri: direct:circle-b}", "it leads back to itself", 2);
        route("circle-b", "direct:circle-b", "        - to: {uri: direct:circle-a}", "it leads back to itself", 2);
        route(
                "nowhere",
                "gateway:police/e",
                "        - to: {uri: direct:nowhere}",
                "no route begins at direct:nowhere",
                9);
        route("component", "gateway:police/f", "        - to: {uri: http://x}", "'http' is no component", 9);
        route("partner", "gateway:nobody/g", "        - stop: {}", "there is no partner 'nobody'", 7);
        route("bean", "gateway:police/h", "        - bean: {ref: nothing, method: record}", "no bean 'nothing'", 9);
        route("method", "gateway:police/i", "        - bean: {ref: settlement, method: recrd}", "no method 'recrd'", 9);
        change(
                "routes/police/ask-result.camel.yaml",
                "police-ask-result",
                "police-forward-application",
                "the id is",
                3);
        broken("routes/police/forward-application.camel.yaml", "the id stands in", 3);
        change("routes/health/retry-delivery.camel.yaml", "Ref: forward", "Ref: forwrd", "no template 'forwrd'", 4);
        change("routes/housing/retry-delivery.camel.yaml", "name: queue", "name: quue", "no parameter 'queue'", 3);
        broken("routes/housing/retry-delivery.camel.yaml", "has no parameter 'quue'", -1);
        change(
                "routes/economy/retry-delivery.camel.yaml",
                "value: economy",
                "value: health",
                "its partner is 'health'",
                -1);
        route("short", "gateway:police/k", "        - to: direct:intake", "a value of type object", 9);
        route(
                "kaoto",
                "gateway:police/l",
                "        - to: {uri: direct, parameters: {name: nowhere-either}}",
                "no route begins at direct:nowhere-either",
                9);
        route(
                "two-options",
                "gateway:police/m",
                "        - bean: {ref: settlement, metod: record, foo: 1}",
                "knows no 'metod'",
                9);
        broken("routes/broken-two-options.camel.yaml", "knows no 'foo'", 9);
        route("errors", "gateway:police/j", "        - stop: {}", "no error handling", 2);
    }

    private void route(String name, String from, String steps, String reason, int line) throws IOException {
        String text = ROUTE.formatted("broken-" + name, from, steps);
        write(
                "routes/broken-%s.camel.yaml".formatted(name),
                name.equals("errors") ? text.replace("    routeConfigurationId: errors\n", "") : text,
                reason,
                line);
    }

    private void breakPartners() throws IOException {
        change(
                "routes/police/partner.yaml",
                "allowed-fields:",
                "alowed-fields:",
                "alowed-fields: found an unknown key",
                -1);
        change("routes/housing/partner.yaml", "overdue: ", "overdue: soon # ", "found no duration", -1);
        change(
                "routes/health/partner.yaml",
                "protocol: rest",
                "protocol: rset",
                "protocol: found an unknown protocol",
                -1);
        change("routes/economy/partner.yaml", "zh: 经信", "zh: ''", "name.zh: found nothing", 4);
        change("routes/logistics/partner.yaml", "${shuniu", "${nothing.of.this", "no setting nothing.of.this", 6);
        change("routes/payment/partner.yaml", "name: {", "name: {{", "not YAML", -1);
        change("routes/grain/partner.yaml", "partner: grain", "partner: grain\npartner: grain", "not YAML", -1);
        change(
                "routes/human-resources/partner.yaml",
                "enriched-by: certificate-library",
                "enriched-by: nobody",
                "enriched-by: found nobody",
                -1);
        change("routes/civil-affairs/partner.yaml", "failures: 5", "failures: 0", "delivery.circuit.failures", -1);
        change(
                "routes/trade-union/partner.yaml",
                "address: ",
                "address: ftp:// # ",
                "address: found a malformed value",
                -1);
        change(
                "routes/acceptance-platform/partner.yaml",
                "operations:\n",
                "operations:\n  nothing: /nothing\n",
                "operations.nothing: nothing writes",
                -1);
        broken("routes/certificate-library/partner.yaml", "nobody can be reached at 127.0.0.1:1", -1);
    }

    private void breakMappings() throws IOException {
        String economy = "mappings/economy/application.out.yaml";
        row(economy, "{target: a, sorce: message.id}", "unknown key 'sorce'");
        row(economy, "{target: b, source: message.id, function: uper}", "'uper' is no function");
        row(economy, "{target: c, source: message.id, codes: nothing}", "there is no table 'nothing'");
        row(economy, "{target: d, expression: '$sum('}", "not JSONata");
        row(economy, "{target: e, expression: '$eval(1)'}", "the function $eval is not in the list");
        row(economy, "{target: f, source: mesage.id}", "begins with no root");
        row(economy, "{target: g, source: document.aplicant.name}", "is no place of the document");
        row(economy, "{target: h, source: message.id}\n  - {target: h, source: message.id}", "stands twice");
        row(economy, "{target: i, source: message.id, type: txt}", "type: 'txt'");
        row(economy, "{target: j, source: message.id, max: many}", "max is no length");
        row(economy, "{target: k, source: message.id, value: 1}", "from 2 places");
        row(economy, "{target: l, source: message.acceptedAt, date: iso}", "date is no pair of patterns");
        change("mappings/housing/application.out.yaml", "{kind: json}", "{kind: jason}", "codec.kind is 'jason'", 5);
        change("mappings/health/application.out.yaml", "GB18030", "GB18031", "codec.charset is 'GB18031'", 5);
        change(
                "mappings/police/application.out.yaml",
                "codec:",
                "mapping: police/application.out\ncodec:",
                "not YAML",
                -1);
        change(
                "mappings/police/withdrawal.out.yaml",
                "mapping: police",
                "mapping: plice",
                "mapping is 'plice/withdrawal.out'",
                3);
        change("mappings/police/supplement.out.yaml", "description: ", "description: ''\nnote: ", "no description", -1);
        broken("mappings/police/supplement.out.yaml", "unknown key 'note'", -1);
        change("mappings/police/result.in.yaml", "is: unavailable", "is: away", "is: 'away'", -1);
        change("mappings/health/result.in.yaml", "target: caseNo", "target: caseNr", "no row writes caseNo", -1);
        change(
                "mappings/housing/result.in.yaml",
                "document: result",
                "document: reslt",
                "document 'reslt' is not written here",
                -1);
    }

    private void breakTables() throws IOException {
        change("mappings/trade-union/codes/channel.csv", "hub,local", "hub,lokal", "columns [hub, lokal", 1);
        change("mappings/trade-union/codes/state.csv", ",both,", ",bth,", "use is 'bth'", 2);
        write(
                "mappings/trade-union/codes/nobody.csv",
                "hub,local,use,name\n1,2,both,x\n",
                "no mapping uses this table",
                0);
        bytes("mappings/civil-affairs/codes/sex.csv", "hub,local,use,name\n1,男,both,男\n", Charset.forName("GB18030"));
        write(
                "mappings/logistics/codes/paper.csv",
                "hub,local,use,name,valid_from,valid_to\n1,A,both,x,2020-01-01,2020-12-31\n",
                "every row has ended",
                1);
        change("mappings/grain/codes/result.csv", ",both,", "both,", "3 fields", 2);
        broken("mappings/logistics/examples/result.in/paper-signed.source.json", "has no local code 'SIGNED'", 0);
        change("mappings/catalogue/sex.csv", "2018-01-01", "yesterday", "valid_from: found text of 9 characters", 2);
    }

    private void breakExamplesAndFolders() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("mappings/archives/examples/application.out"))) {
            Path target = files.filter(file -> file.toString().contains(".target."))
                    .findFirst()
                    .orElseThrow();
            Files.writeString(target, "{}");
            broken(
                    "mappings/archives/examples/application.out/" + target.getFileName(),
                    "the mapping writes something else",
                    0);
        }
        write("mappings/archives/examples/lost.target.json", "{}", "a file of no example", 0);
        write("mappings/nobody/README.md", "", "mappings of no partner", 0, "mappings/nobody");
        write("routes/nobody-else/README.md", "", "a folder without a partner", 0, "routes/nobody-else");
        broken("routes/nobody-else", "a partner without mappings", 0);
    }

    /** Adds a row to a mapping. */
    private void row(String file, String row, String reason) throws IOException {
        Path path = directory.resolve(file);
        Files.writeString(path, Files.readString(path).stripTrailing() + "\n  - " + row + "\n");
        broken(file, reason, (int) Files.readString(path).lines().count());
    }

    private void change(String file, String from, String to, String reason, int line) throws IOException {
        replace(file, from, to);
        broken(file, reason, line);
    }

    private void replace(String file, String from, String to) throws IOException {
        Path path = directory.resolve(file);
        String text = Files.readString(path);
        assertThat(text).as(file).contains(from);
        Files.writeString(path, text.replace(from, to));
    }

    private void write(String file, String text, String reason, int line) throws IOException {
        write(file, text, reason, line, file);
    }

    private void write(String file, String text, String reason, int line, String of) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.UTF_8);
        broken(of, reason, line);
    }

    private void bytes(String file, String text, Charset charset) throws IOException {
        Files.write(directory.resolve(file), text.getBytes(charset));
        broken(file, "text that can't be read", 0);
    }

    private void broken(String file, String reason, int line) {
        all.add(new Broken(file, reason, line));
    }
}
