package org.shuniu.translator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.Json;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.node.ObjectNode;

class AllowedFieldsTest {
    private static final Days DAY = Days.of(LocalDate.of(2026, 11, 24));

    private static final Path FOLDER = Path.of("mappings");

    @Test
    void keepsOnlyWhatMayLeave() {
        ObjectNode envelope = (ObjectNode) Json.tree("""
                {"case": {"caseNo": "1", "responsible": "x"}, "document": {"applicant": {"name": "测试甲", "sex": "1"},
                 "form": {"a": 1}}, "message": {"id": "2"}}""".getBytes(StandardCharsets.UTF_8));

        ObjectNode kept =
                new AllowedFields(List.of("case.caseNo", "document.applicant.name", "message")).filter(envelope);

        assertThat(kept.toString())
                .isEqualTo(
                        "{\"case\":{\"caseNo\":\"1\"},\"document\":{\"applicant\":{\"name\":\"测试甲\"}},\"message\":{\"id\":\"2\"}}");
    }

    @TestFactory
    Stream<DynamicTest> leavesEveryMappingWhatItNeeds() throws IOException {
        Mappings mappings = Mappings.load(FOLDER);
        PartnerDirectory partners = PartnerDirectory.load(
                Path.of("routes"),
                new MockEnvironment()
                                .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                                .withProperty("shuniu.simulator.listeners.archives", "1")
                                .withProperty(
                                        "shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x")
                        ::resolveRequiredPlaceholders);
        List<Path> sources;
        try (Stream<Path> files = Files.walk(FOLDER)) {
            sources = files.filter(file ->
                            file.toString().contains(".out/") && file.toString().contains(".source."))
                    // Neither the question for a count nor news of an incident concerns a case.
                    .filter(file -> !file.toString().contains("count.out/")
                            && !file.toString().contains("alert.out/"))
                    .toList();
        }
        return sources.stream()
                .map(source -> DynamicTest.dynamicTest(source.toString(), () -> {
                    String partner = FOLDER.relativize(source).getName(0).toString();
                    String document =
                            FOLDER.relativize(source).getName(2).toString().replace(".out", "");
                    ObjectNode envelope = (ObjectNode) Json.tree(Files.readAllBytes(source));
                    AllowedFields allowed =
                            new AllowedFields(partners.partner(partner).allowedFields());
                    assertThat(mappings.render(partner, document, allowed.filter(envelope), DAY)
                                    .body())
                            .isEqualTo(mappings.render(partner, document, envelope, DAY)
                                    .body());
                }));
    }
}
