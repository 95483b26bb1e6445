package org.shuniu.channel;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC (RFC 2104) with SM3 (GB/T 32905). */
final class HmacSm3 {

    private HmacSm3() {}

    static byte[] of(String text, String key) {
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key.getBytes(StandardCharsets.UTF_8)));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        mac.update(bytes, 0, bytes.length);
        byte[] value = new byte[mac.getMacSize()];
        mac.doFinal(value, 0);
        return value;
    }
}
