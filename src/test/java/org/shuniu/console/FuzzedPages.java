package org.shuniu.console;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.shuniu.fuzz.FuzzedReader;

/** What a person is shown of a message that nobody could read: all of it can be shown, or the page would fail with it. */
public final class FuzzedPages {

    private FuzzedPages() {}

    public static List<FuzzedReader> readers() {
        return List.of(new FuzzedReader(
                "page of a message",
                List.of(
                        bytes("{\"caseNo\":\"SN2026112400000001\",\"applicant\":{\"name\":\"测试甲\",\"age\":40}}"),
                        bytes("<r a=\"1\"><name>测试甲</name><b><c>1</c></b></r>"),
                        bytes("001|测试甲|已受理\n002|测试乙|已办结")),
                bytes -> {
                    LaidOut page = LaidOut.of(bytes);
                    page.open(LaidOut.of(bytes));
                    page.covered(null, null, FieldNames.ofAPartner());
                },
                Set.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
