package org.shuniu.delivery;

import java.time.Instant;
import java.util.UUID;
import org.shuniu.store.CaseFile;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** What receivers say by themselves, perhaps long after they took a document: that they can do nothing with it as it is. */
final class Rejections {

    private final Vault vault;
    private final Instant now;

    Rejections(Vault vault, Instant now) {
        this.vault = vault;
        this.now = now;
    }

    static boolean isOne(Settlement settlement) {
        return settlement.claim() == null
                && settlement.answer() != null
                && settlement.outcome() instanceof Outcome.Invalid;
    }

    /** What has its result can't be sent again. */
    static boolean contradicts(DeliveryStore.Row row, CaseFile file) {
        return row.document().equals("application") && file.resultId() != null;
    }

    /** A person looks at the contradiction, and the delivery stays as it is. */
    StoredMessage contradiction(Settlement settlement, DeliveryStore.Row row) {
        byte[] body = settlement.answer().body();
        UUID id = TimeOrderedId.next();
        return new StoredMessage(
                id,
                row.receiver(),
                "report",
                row.caseNo(),
                row.messageId(),
                vault.seal(body, "message.body", id),
                StoredMessage.digestOf(body),
                now,
                "sent back after its result: " + settlement.outcome().reason());
    }
}
