package org.shuniu.timestamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.signature.ContentDigest;

/** Every line of a tree leads to its root, and no other line does. */
class HashTreeTest {

    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 9, 100})
    void leadsFromEveryLineToTheRoot(int lines) {
        List<byte[]> leaves = IntStream.range(0, lines)
                .mapToObj(line -> ContentDigest.sm3(Integer.toString(line).getBytes(StandardCharsets.US_ASCII)))
                .toList();
        HashTree tree = HashTree.of(leaves);

        for (int i = 0; i < lines; i++) {
            assertThat(HEX.formatHex(tree.root())).isEqualTo(walked(HEX.formatHex(leaves.get(i)), tree.path(i)));
            if (lines > 1) {
                assertThat(HEX.formatHex(tree.root()))
                        .isNotEqualTo(walked(HEX.formatHex(leaves.get((i + 1) % lines)), tree.path(i)));
            }
        }
    }

    /** As the shell kit does it. */
    private static String walked(String hash, List<HashTree.Step> path) {
        String at = hash;
        for (HashTree.Step step : path) {
            String[] said = step.text().split(" ");
            String pair = said[0].equals("left") ? said[1] + "\n" + at : at + "\n" + said[1];
            at = HEX.formatHex(ContentDigest.sm3(("node\n" + pair).getBytes(StandardCharsets.US_ASCII)));
        }
        return at;
    }
}
