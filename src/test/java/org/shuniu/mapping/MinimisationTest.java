package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.catalogue.Item;
import org.shuniu.channel.OnTheWire;
import org.shuniu.mapping.Leaks.Message;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.mock.env.MockEnvironment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** No field leaves towards a partner for an item that is not declared for both: all partners, all items, all mappings and channels. */
class MinimisationTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final LocalDate DAY = Examples.DAY;
    private static final String OUT = ".out";
    private static final String NO_ITEM = "";
    private static final List<String> ABOUT_NO_CASE = List.of("count", "alert");

    private static final Mappings MAPPINGS = Mappings.load(FOLDER);
    private static final Catalogue CATALOGUE = Catalogue.load(FOLDER);
    private static final CanonicalPaths CANONICAL = CanonicalPaths.load(FOLDER.resolve("canonical"));
    private static final PartnerDirectory PARTNERS = PartnerDirectory.load(
            Path.of("routes"),
            new MockEnvironment()
                            .withProperty("shuniu.simulator.address", "http://127.0.0.1:1")
                            .withProperty("shuniu.simulator.listeners.archives", "1")
                            .withProperty("shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1/x")
                    ::resolveRequiredPlaceholders);
    private static final Map<String, Set<List<String>>> PLACES = places();
    private static final List<Message> MESSAGES = messages();

    @ParameterizedTest
    @ValueSource(longs = {1, 20261124})
    void noUndeclaredFieldEverLeaves(long seed) {
        Leaks leaks =
                new Leaks(seed, MinimisationTest::declared, MinimisationTest::sent, MinimisationTest::opened, PLACES);

        SoftAssertions.assertSoftly(softly -> MESSAGES.forEach(message -> softly.assertThat(leaks.of(message))
                .as("seed %d: %s/%s for item %s", seed, message.partner(), message.document(), message.item())
                .isEmpty()));
    }

    @Test
    void everyMappingOfEveryPartnerIsTriedWithEveryItemThatItMayBeFor() {
        Set<String> tried = MESSAGES.stream()
                .map(message -> message.partner() + "/" + message.document())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> items = MESSAGES.stream().map(Message::item).collect(Collectors.toSet());

        Set<String> all = MAPPINGS.partners().stream()
                .flatMap(partner -> MAPPINGS.outgoing(partner).stream().map(document -> partner + "/" + document))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).isEqualTo(all);
        assertThat(items)
                .containsAll(CATALOGUE.items(DAY).stream().map(Item::code).toList());
    }

    /** What a mapping reads beside the filter is found, in whatever it is wrapped. */
    @ParameterizedTest
    @CsvSource({
        "economy,             application,  document.applicant.name",
        "police,              application,  document.applicant.name",
        "healthcare-security, application,  document.applicant.name",
        "human-resources,     application,  document.applicant.name",
        "health,              application,  document.applicant.name",
        "grain,               application,  document.applicant.name",
        "trade-union,         application,  document.applicant.name",
        "disabled-federation, application,  document.form.remark",
        "sms-gateway,         notification, case.caseNo",
        "zhejiang,            application,  document.applicant.address",
    })
    void findsAPlantedLeak(String partner, String document, String field) {
        Message message = MESSAGES.stream()
                .filter(one -> one.partner().equals(partner) && one.document().equals(document))
                .findFirst()
                .orElseThrow();
        AllowedFields without = without(partner, field);
        Leaks leaks = new Leaks(1, one -> without, MinimisationTest::sent, MinimisationTest::opened, PLACES);

        assertThat(leaks.of(message)).contains(field, "(the bytes differ)");
    }

    /** A trace of a field that is no longer the field is one too. */
    @Test
    void findsWhatOnlyTheBytesTell() {
        Message message = MESSAGES.stream()
                .filter(one -> one.partner().equals("economy") && one.document().equals("application"))
                .findFirst()
                .orElseThrow();
        BiFunction<Message, JsonNode, byte[]> cutting = (one, source) -> {
            String secret =
                    source.path("document").path("applicant").path("address").asString("");
            return (secret.length() + secret.substring(0, Math.min(3, secret.length())))
                    .getBytes(StandardCharsets.UTF_8);
        };
        Leaks leaks = new Leaks(1, MinimisationTest::declared, cutting, MinimisationTest::opened, PLACES);

        assertThat(leaks.of(message)).containsExactly("(the bytes differ)");
    }

    private static byte[] sent(Message message, JsonNode source) {
        try {
            byte[] body = MAPPINGS.render(message.partner(), message.document(), message.item(), source, Days.of(DAY))
                    .body();
            return OnTheWire.sent(partner(message), body);
        } catch (MappingFailed refused) {
            return refused.getMessage().getBytes(StandardCharsets.UTF_8);
        }
    }

    private static byte[] opened(Message message, byte[] sent) {
        return OnTheWire.decrypted(partner(message), sent);
    }

    private static Partner partner(Message message) {
        return PARTNERS.partner(message.partner());
    }

    private static AllowedFields declared(Message message) {
        return MAPPINGS.of(message.partner()).allowed();
    }

    private static AllowedFields without(String partner, String field) {
        List<String> place = Arrays.asList(field.split("\\."));
        return new AllowedFields(MAPPINGS.of(partner).allowed().declarations().stream()
                .map(one -> {
                    Map<List<String>, Boolean> others = new HashMap<>(one.places());
                    others.remove(place);
                    return new AllowedFields.Declared(one.line(), others);
                })
                .toList());
    }

    /** Each example of each outgoing mapping, in turn for each item. */
    private static List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        Map<String, List<Examples.Example>> byMapping = new TreeMap<>(new Examples(FOLDER, MAPPINGS)
                .all().stream()
                        .filter(example -> example.mapping().endsWith(OUT))
                        .collect(Collectors.groupingBy(example -> example.partner() + "/" + example.mapping())));
        for (List<Examples.Example> examples : byMapping.values()) {
            String partner = examples.get(0).partner();
            String document = examples.get(0).mapping().replace(OUT, "");
            List<String> items = ABOUT_NO_CASE.contains(document) ? List.of(NO_ITEM) : items(partner);
            for (int i = 0; i < Math.max(items.size(), examples.size()); i++) {
                Path source = examples.get(i % examples.size()).source();
                messages.add(new Message(
                        partner, document, items.get(i % items.size()), (ObjectNode) Source.MAPPER.readTree(source)));
            }
        }
        return messages;
    }

    private static List<String> items(String partner) {
        boolean department = PARTNERS.partner(partner).department().isPresent();
        return CATALOGUE.items(DAY).stream()
                .filter(item -> !department
                        || CATALOGUE.receiver(item, DAY).filter(partner::equals).isPresent())
                .map(Item::code)
                .toList();
    }

    /** By kind of document; a question has the document that it is about. */
    private static Map<String, Set<List<String>>> places() {
        Map<String, Set<List<String>>> known = new HashMap<>();
        Set<String> documents = MAPPINGS.partners().stream()
                .flatMap(partner -> MAPPINGS.outgoing(partner).stream())
                .collect(Collectors.toSet());
        for (String document : documents) {
            Set<List<String>> all = new HashSet<>(AllowedFieldsFile.envelope());
            CANONICAL.places(CANONICAL.has(document) ? document : "application", List.of()).keySet().stream()
                    .map(MinimisationTest::inDocument)
                    .forEach(all::add);
            if (all.remove(List.of("document", "form"))) {
                MAPPINGS.formFields().forEach(field -> all.add(List.of("document", "form", field)));
            }
            known.put(document, all);
        }
        return known;
    }

    private static List<String> inDocument(List<String> steps) {
        return Stream.concat(Stream.of("document"), steps.stream()).toList();
    }
}
