package org.shuniu.intake;

import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.StoredMessage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes the receipt whose bytes are kept for ever. */
final class Receipt {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Receipt() {}

    static byte[] of(StoredMessage message, List<String> receivers) {
        ObjectNode receipt = JSON.createObjectNode();
        receipt.put("messageId", message.id().toString());
        receipt.put("caseNo", message.caseNo());
        receivers.forEach(receipt.putArray("receivers")::add);
        receipt.put("acceptedAt", CaseTimes.dateTime(message.acceptedAt().truncatedTo(ChronoUnit.MILLIS)));
        receipt.put("digest", "sha256:" + HexFormat.of().formatHex(message.digest()));
        return JSON.writeValueAsBytes(receipt);
    }
}
