package org.shuniu.simulator;

import java.nio.charset.StandardCharsets;

/**
 * What somebody asks of a simulated partner.
 *
 * @param path below the partner's own prefix
 * @param authorization the header, or an empty text
 */
record Request(String method, String path, String authorization, byte[] body) {

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
