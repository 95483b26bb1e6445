package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalPathsTest {

    private final CanonicalPaths paths = CanonicalPaths.load(Path.of("mappings/canonical"));

    /** Many places share one definition, and are called otherwise each. */
    @ParameterizedTest
    @CsvSource({
        "application, applicationTime, 申请时间",
        "application, receivingCentre, 收件中心",
        "application, itemCode, 基本编码",
        "result, resultTime, 办结时间",
        "status, payment.paidAt, 收费时间",
        "withdrawal, by.name, 申请者名称"
    })
    void callAPlaceWhatItsDocumentCallsIt(String document, String place, String name) {
        assertThat(paths.name(document, List.of(place.split("\\.")))).isEqualTo(name);
    }

    @Test
    void callNothingWhatNoDocumentHas() {
        assertThat(paths.name("application", List.of("nowhere"))).isEmpty();
    }
}
