package org.shuniu.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The drift that was seen in real dictionaries is met by the tables: every code that a partner writes otherwise is in its own. */
class DriftTest {

    private static final Path DRIFT = Path.of("mappings/catalogue/division-drift.csv");
    private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
    private static final LocalCodes AREA =
            Mappings.load(Path.of("mappings")).of("healthcare-security").codes().get("area");

    @Test
    void writesEachDivisionAsTheTransferDictionaryHasIt() throws IOException {
        assertThat(transferDictionary())
                .hasSizeGreaterThan(15)
                .allSatisfy(row -> assertThat(AREA.local(row.getField("standard_code"), DAY))
                        .as(row.getField("local_name"))
                        .hasValue(row.getField("local_code")));
    }

    @Test
    void readsNoCodeBackThatStandsForSeveralDivisions() throws IOException {
        List<String> codes = transferDictionary().stream()
                .map(row -> row.getField("local_code"))
                .toList();
        List<String> reused = codes.stream()
                .filter(code -> codes.indexOf(code) != codes.lastIndexOf(code))
                .distinct()
                .toList();

        assertThat(reused)
                .containsExactly("320299")
                .allSatisfy(code -> assertThat(AREA.hub(code, DAY, DAY)).isEmpty());
    }

    private static List<NamedCsvRecord> transferDictionary() throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(DRIFT)) {
            return rows.stream()
                    .filter(row -> row.getField("system").equals("医保转移字典"))
                    .toList();
        }
    }
}
