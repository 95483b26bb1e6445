package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Examples.Example;

/**
 * Every pair {@code mappings/<partner>/examples/<mapping>/<case>.source.*} and {@code .target.*} is a test.
 * What a mapping really wrote lies in target/examples, for whoever adds a pair.
 */
class MappingExamplesTest {

    private static final Path FOLDER = Path.of("mappings");
    private static final Path WRITTEN = Path.of("target", "examples");

    private static final DocumentSchemas SCHEMAS = DocumentSchemas.load(FOLDER);
    private static final Examples EXAMPLES = new Examples(FOLDER, Mappings.load(FOLDER));

    @TestFactory
    Stream<DynamicTest> translatesEveryExampleAsItsTargetSays() {
        return EXAMPLES.all().stream()
                .map(example -> DynamicTest.dynamicTest(example.source().toString(), () -> check(example)));
    }

    @Test
    void hasAnExampleForEveryMapping() {
        assertThat(EXAMPLES.missing()).isEmpty();
        assertThat(EXAMPLES.all()).allMatch(EXAMPLES::isOfAMapping);
    }

    private static void check(Example example) throws IOException {
        Examples.Translated translated = EXAMPLES.translate(example);
        Path written = WRITTEN.resolve(FOLDER.relativize(example.target()));
        Files.createDirectories(written.getParent());
        Files.writeString(written, translated.text());
        assertThat(example.target()).exists();
        assertThat(translated.asItsTargetSays())
                .as("%s is as %s says", written, example.target())
                .isTrue();
        if (translated.reading() != null && translated.reading().document() != null) {
            assertThat(SCHEMAS.check(
                            translated.reading().documentType(),
                            translated.reading().document()))
                    .isEmpty();
        }
    }
}
