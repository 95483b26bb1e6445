package org.shuniu.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.shuniu.partner.BatchTimes;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.LineTemplate;

/** Frames are written as agreed, and nothing is taken from a file whose frame is not. */
class BatchFileTest {

    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Batch BATCH =
            new Batch("office", 1764000000L, "A1764000000.TXT", 2, Instant.parse("2026-11-25T15:00:00Z"), 0);
    private static final BatchFile FRAMED = new BatchFile(files(new FileExchange.Frame(
            false, Optional.of(new LineTemplate("H{number:10}{date}")), Optional.of(new LineTemplate("T{count:4}")))));
    private static final BatchFile NAMED =
            new BatchFile(files(new FileExchange.Frame(true, Optional.empty(), Optional.empty())));

    @Test
    void countsAndNumbersWhatItWrites() {
        assertThat(text(FRAMED.write(BATCH, List.of(bytes("甲"), bytes("乙")))))
                .isEqualTo("H176400000020261125\r\n甲\r\n乙\r\nT0002\r\n");
    }

    @Test
    void namesTheColumnsOnce() {
        List<byte[]> rows = List.of(bytes("名\r\n甲\r\n"), bytes("名\r\n乙\r\n"));

        assertThat(text(NAMED.write(BATCH, rows))).isEqualTo("名\r\n甲\r\n乙\r\n");
        assertThat(text(NAMED.format(rows.get(0)))).isEqualTo("名");
        assertThat(FRAMED.format(bytes("甲"))).isEmpty();
    }

    @Test
    void givesEveryRowTheColumnsNames() {
        BatchFile.Content content = NAMED.read(bytes("名\n甲\n\n乙"));

        assertThat(((BatchFile.Content.Rows) content).rows())
                .extracting(BatchFileTest::text)
                .containsExactly("名\r\n甲", "名\r\n乙");
    }

    @ParameterizedTest
    @CsvSource({
        "'H176400000020261125|甲|乙|T0002',     Rows",
        "'H176400000020261125|T0000',           Rows",
        "'H176400000020261125|甲|乙|T000',      Incomplete",
        "'H176400000020261125|甲',              Incomplete",
        "'',                                    Incomplete",
        "'H176400000020261125|甲|乙|T0003',     Wrong",
        "'X176400000020261125|甲|T0001',        Wrong",
    })
    void readsOnlyWholeFilesThatCountRight(String lines, String content) {
        assertThat(FRAMED.read(bytes(lines.replace("|", "\r\n"))).getClass().getSimpleName())
                .isEqualTo(content);
    }

    @Test
    void skipsAByteOrderMark() {
        byte[] utf8 = "\uFEFF名\n甲\n".getBytes(StandardCharsets.UTF_8);

        assertThat(((BatchFile.Content.Rows) NAMED.read(utf8)).rows().get(0)[0]).isNotEqualTo((byte) 0xEF);
    }

    private static FileExchange files(FileExchange.Frame frame) {
        return new FileExchange(
                Path.of("known_hosts"),
                Duration.ofSeconds(1),
                GB18030,
                "\r\n",
                new FileExchange.Sending(
                        "in", new LineTemplate("A{number}.TXT"), frame, Optional.empty(), BatchTimes.always(), 10),
                new FileExchange.Receiving("out", "*", frame, Optional.of(".ok"), Duration.ofMinutes(1), 1_000),
                Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(GB18030);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, GB18030);
    }
}
