package org.shuniu.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.shuniu.audit.AuditLog;

class AuditSheetTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd", "＝1", "\r=1"})
    void writesNoFormula(String value) {
        assertThat(AuditSheet.plain(value)).isEqualTo("'" + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maintenance", "1 = 1", "a-b", " "})
    void leavesOtherWordsAlone(String value) {
        assertThat(AuditSheet.plain(value)).isEqualTo(value);
    }

    @Test
    void isReadAsUnicodeAndQuotesWhatNeedsIt() throws IOException {
        StringWriter out = new StringWriter();

        try (AuditSheet sheet = new AuditSheet(out)) {
            sheet.add(
                    new AuditLog.Entry(7, Instant.parse("2026-11-26T04:00:00Z"), "operator", "pause", "x", "a,\"b\""));
        }

        assertThat(out.toString())
                .startsWith("\uFEFFno,at,actor,action,target,detail")
                .contains("7,2026-11-26", "12:00:00", "\"a,\"\"b\"\"\"");
    }
}
