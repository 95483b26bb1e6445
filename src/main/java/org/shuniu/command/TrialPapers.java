package org.shuniu.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.shuniu.HubProperties;
import org.shuniu.embedded.DemoExchange;
import org.shuniu.partner.DurableFiles;
import org.shuniu.signature.SignatureAlgorithm;
import org.shuniu.signature.SigningKey;

/**
 * What a region signs with and shows, made for whoever tries to be one, by the demo's authority, whose key lies open. The folder is as
 * {@code exchange/chx.sh} takes it.
 */
record TrialPapers(Path folder, String keyid) {

    private static final String ALGORITHM = "sm2-sm3";
    private static final String SIGNING_KEY = "sign.key";

    /** @throws IllegalArgumentException where the authority is none of a demo, or something lies in the folder */
    void make(HubProperties hub, String id) throws IOException {
        if (!hub.database().embedded()) {
            throw new IllegalArgumentException(
                    "--make-papers: found a hub that is no demo, expected --certificate and --key, which the region has sent");
        }
        if (Files.exists(folder.resolve(SIGNING_KEY)) || Files.exists(publicKey())) {
            throw new IllegalArgumentException(
                    "--make-papers: found a key in %s, expected a folder without one".formatted(folder));
        }
        DemoExchange.makeRegion(hub.secretsDir(), folder, id);
        DurableFiles.put(
                publicKey(),
                SigningKey.of(
                                keyid,
                                SignatureAlgorithm.find(ALGORITHM).orElseThrow(),
                                Files.readString(folder.resolve(SIGNING_KEY)))
                        .publicPem());
    }

    /** What {@code chx.sh} has to know. */
    void configure(String base, String party) throws IOException {
        DurableFiles.put(folder.resolve("chx.conf"), """
                CHX_BASE=%s
                CHX_PARTY=%s
                CHX_KEYID=%s
                CHX_CA=%s
                """.formatted(base, party, keyid, DemoExchange.AUTHORITY_FILE));
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path publicKey() {
        return folder.resolve(keyid + ".pub");
    }
}
