package org.shuniu.exchange;

import java.util.List;
import org.shuniu.intake.Cover;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.signature.MessageSigner;
import org.shuniu.store.StoredMessage;

/** An envelope as it was received and signed, and the receipt that the hub signs for it. */
final class SignedEnvelope implements Cover {

    private final Caller caller;
    private final Envelope envelope;
    private final byte[] body;
    private final byte[] digest;
    private final ReceiptSigner signer;
    private MessageSigner.Signed receiptSignature;
    private EvidenceLadder.Step evidence;

    SignedEnvelope(Caller caller, Envelope envelope, byte[] body, ReceiptSigner signer) {
        this.caller = caller;
        this.envelope = envelope;
        this.body = body;
        this.digest = StoredMessage.digestOf(body);
        this.signer = signer;
    }

    Caller caller() {
        return caller;
    }

    Envelope envelope() {
        return envelope;
    }

    byte[] body() {
        return body;
    }

    /** The hub's signature over its receipt, once there is one. */
    MessageSigner.Signed receiptSignature() {
        return receiptSignature;
    }

    /** The receipt as the first step of the message's ladder, once there is one. */
    EvidenceLadder.Step evidence() {
        return evidence;
    }

    @Override
    public byte[] digest() {
        return digest;
    }

    @Override
    public byte[] receipt(StoredMessage message, List<String> receivers) {
        if (!envelope.receiver().equals(Envelope.WHOEVER_DECIDES) && !receivers.contains(envelope.receiver())) {
            throw SubmissionRefused.of("not-allowed", 403, "The receiver in chxto does not decide this case");
        }
        for (String receiver : receivers) {
            if (!caller.profile().allows(envelope.type(), receiver)) {
                throw SubmissionRefused.of("not-allowed", 403, "The profile does not allow this type for its receiver");
            }
        }
        byte[] receipt = signer.accepted(this, message);
        receiptSignature = signer.sign(202, receipt, message.acceptedAt());
        evidence = signer.step(caller.partner(), envelope.id(), message.acceptedAt(), receipt, receiptSignature);
        return receipt;
    }
}
