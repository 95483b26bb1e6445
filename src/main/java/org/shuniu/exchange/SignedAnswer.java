package org.shuniu.exchange;

import org.shuniu.signature.ContentDigest;
import org.shuniu.signature.MessageSigner;
import org.springframework.http.ResponseEntity;

/** An answer with the hub's signature over its status, type and digest. */
final class SignedAnswer {

    private final ResponseEntity.BodyBuilder answer;

    SignedAnswer(int status, byte[] body, MessageSigner.Signed signature) {
        this(status, ReceiptSigner.MEDIA_TYPE, body, signature);
    }

    SignedAnswer(int status, String mediaType, byte[] body, MessageSigner.Signed signature) {
        this.answer = ResponseEntity.status(status)
                .header("Content-Type", mediaType)
                .header("Content-Digest", ContentDigest.of(body))
                .header("Signature-Input", signature.input())
                .header("Signature", signature.signature());
    }

    SignedAnswer with(String name, String value) {
        answer.header(name, value);
        return this;
    }

    ResponseEntity<byte[]> build(byte[] body) {
        return answer.body(body);
    }
}
