package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.shuniu.mapping.Examples.Example;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** H27: what a sender writes is never read as an expression of anything, whatever mapping it goes through and whatever comes back. */
class InertTextsTest {

    private static final Path FOLDER = Path.of("mappings");

    /** Whoever evaluated one of these would write their sum. */
    private static final List<String> CANARIES = List.of(
            "${918273600+45}",
            "#{918273600+45}",
            "$(918273600+45)",
            "{{918273600+45}}",
            "%{918273600+45}",
            "\" & $string(918273600+45) & \"",
            "' || 918273600+45 || '",
            "${simple:${918273600+45}}",
            "<%= 918273600+45 %>",
            "{918273600+45}");

    private static final String RESULT = "918273645";

    private final Mappings mappings = Mappings.load(FOLDER);

    @Test
    void areWrittenAsTheyAreOrRefused() throws IOException {
        Set<String> written = new TreeSet<>();
        Set<String> partners = new TreeSet<>();
        for (Example example : new Examples(FOLDER, mappings).all()) {
            if (example.outgoing() && example.mapping().startsWith("application")) {
                partners.add(example.partner());
                for (String canary : CANARIES) {
                    if (isWrittenAsItIs(example, canary)) {
                        written.add(example.partner());
                    }
                }
            }
        }
        assertThat(partners).hasSizeGreaterThan(10);
        assertThat(written).isNotEmpty().hasSizeGreaterThanOrEqualTo(partners.size() * 2 / 3);
    }

    /** @return whether it was written; a partner's format may have no place for such a name */
    private boolean isWrittenAsItIs(Example example, String canary) throws IOException {
        ObjectNode source = (ObjectNode) JsonMapper.shared().readTree(Files.readString(example.source()));
        ((ObjectNode) source.path("document").path("applicant")).put("name", canary);
        try {
            Rendered rendered = mappings.render(example.partner(), "application", source, Days.of(Examples.DAY));
            assertThat(Peeled.texts(rendered.body()))
                    .as("%s: %s", example.source(), canary)
                    .noneMatch(text -> text.contains(RESULT));
            return true;
        } catch (MappingFailed refused) {
            assertThat(refused).hasMessageNotContaining(RESULT).hasMessageNotContaining(canary);
            return false;
        }
    }

    @Test
    void areReadAsTheyAreOrRefused() throws IOException {
        Examples examples = new Examples(FOLDER, mappings);
        int read = 0;
        for (Example example : examples.all()) {
            if (!example.outgoing()) {
                JsonNode answer = examples.answer(example);
                JsonNode context = examples.context(example);
                for (int place = 0; place < places(answer); place++) {
                    String canary = CANARIES.get(place % CANARIES.size());
                    JsonNode spoilt = answer.deepCopy();
                    put(spoilt, new AtomicInteger(place), canary);
                    read += isReadAsItIs(example, spoilt, context) ? 1 : 0;
                }
            }
        }
        assertThat(read).isPositive();
    }

    private boolean isReadAsItIs(Example example, JsonNode answer, JsonNode context) {
        IncomingMapping mapping = mappings.of(example.partner()).incoming().get(example.mapping());
        try {
            Reading reading = mapping.read(answer, context, Days.of(Examples.DAY));
            assertThat(String.valueOf(reading)).as(example.source().toString()).doesNotContain(RESULT);
            return true;
        } catch (MappingFailed | AnswerGarbled refused) {
            assertThat(refused).hasMessageNotContaining(RESULT);
            return false;
        }
    }

    /** How many texts there are in it. */
    private static int places(JsonNode tree) {
        return tree.isString()
                ? 1
                : tree.valueStream().mapToInt(InertTextsTest::places).sum();
    }

    /** Puts a text into the place of another one, counted from 0. */
    private static void put(JsonNode tree, AtomicInteger place, String text) {
        if (tree instanceof ObjectNode object) {
            for (String name : List.copyOf(object.propertyNames())) {
                if (object.path(name).isString() && place.getAndDecrement() == 0) {
                    object.put(name, text);
                }
                put(object.path(name), place, text);
            }
        } else if (tree instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                if (list.path(i).isString() && place.getAndDecrement() == 0) {
                    list.set(i, text);
                }
                put(list.path(i), place, text);
            }
        }
    }
}
