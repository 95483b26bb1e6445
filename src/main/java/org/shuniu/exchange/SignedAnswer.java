package org.shuniu.exchange;

import java.time.Instant;
import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.springframework.http.ResponseEntity;

/** An answer with the hub's signature over its status, type and digest. */
final class SignedAnswer {

    private final ResponseEntity.BodyBuilder answer;
    private final byte[] body;

    SignedAnswer(int status, byte[] body, MessageSigner.Signed signature) {
        this(status, ReceiptSigner.MEDIA_TYPE, body, signature);
    }

    private SignedAnswer(int status, String mediaType, byte[] body, MessageSigner.Signed signature) {
        this.body = body;
        this.answer = ResponseEntity.status(status)
                .header("Content-Type", mediaType)
                .header("Content-Digest", ContentDigest.of(body))
                .header("Signature-Input", signature.input())
                .header("Signature", signature.signature());
    }

    /** What stands now, and is not kept by anyone on its way. */
    static ResponseEntity<byte[]> now(ReceiptSigner signer, String mediaType, byte[] body, Instant now) {
        return new SignedAnswer(200, mediaType, body, signer.sign(200, mediaType, body, now))
                .with("Cache-Control", "no-store")
                .build();
    }

    SignedAnswer with(String name, String value) {
        answer.header(name, value);
        return this;
    }

    ResponseEntity<byte[]> build() {
        return answer.body(body);
    }
}
