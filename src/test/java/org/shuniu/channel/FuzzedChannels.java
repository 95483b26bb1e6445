package org.shuniu.channel;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.shuniu.codec.Garbled;
import org.shuniu.fuzz.FuzzedReader;
import org.shuniu.partner.Partner.Authentication.Signature;
import org.shuniu.partner.Secrets;

/** What channels open before a mapping reads it: signed and encrypted parameters, and reports of the message centre. */
public final class FuzzedChannels {

    private static final String SERIAL = "SN1";
    private static final byte[] MESSAGE =
            "{\"code\":\"0\",\"caseNo\":\"SN2026112400000001\",\"xm\":\"测试甲\"}".getBytes(StandardCharsets.UTF_8);
    private static final String REPORT =
            "id:ID1 sub:001 dlvrd:001 submit date:2611240930 done date:2611240931 stat:DELIVRD"
                    + " err:000 text:something";
    /** A report and no message: the third bit of the class. */
    private static final byte REPORTS = 0x04;

    /** Beyond this no report has a place for it. */
    private static final int LONGEST = 254;

    private FuzzedChannels() {}

    public static List<FuzzedReader> readers() {
        SignedWrapping plain = wrapping(Optional.empty());
        SignedWrapping encrypted = wrapping(Optional.of("payload"));
        UUID id = new UUID(0, 1);
        return List.of(
                new FuzzedReader(
                        "signed parameters", List.of(plain.wrap(MESSAGE, id)), plain::unwrap, Set.of(Garbled.class)),
                new FuzzedReader(
                        "what was signed and encrypted",
                        List.of(MESSAGE),
                        bytes -> encrypted.unwrap(encrypted.wrap(bytes, id)),
                        Set.of(Garbled.class)),
                new FuzzedReader(
                        "encrypted parameters",
                        List.of(encrypted.wrap(MESSAGE, id)),
                        encrypted::unwrap,
                        Set.of(Garbled.class)),
                new FuzzedReader(
                        "report of the message centre",
                        List.of(REPORT.getBytes(StandardCharsets.ISO_8859_1)),
                        FuzzedChannels::report,
                        Set.of(ProcessRequestException.class)));
    }

    private static SignedWrapping wrapping(Optional<String> payloadKey) {
        return new SignedWrapping(
                "somebody",
                new Signature("shuniu", "sign", payloadKey),
                Secrets.of(
                        Path.of("no-secrets"),
                        Map.of(
                                "SHUNIU_SECRET_SIGN",
                                "the-secret",
                                "SHUNIU_SECRET_PAYLOAD",
                                "0123456789abcdeffedcba9876543210")));
    }

    private static void report(byte[] text) throws ProcessRequestException {
        SmppReports reports = new SmppReports("somebody");
        reports.keepIn((partner, key, row) -> {});
        reports.expect("ID1", SERIAL);
        DeliverSm message = new DeliverSm();
        message.setEsmClass(REPORTS);
        message.setShortMessage(text.length > LONGEST ? Arrays.copyOf(text, LONGEST) : text);
        reports.onAcceptDeliverSm(message);
    }
}
