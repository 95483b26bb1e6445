package org.shuniu.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A region that has nothing but curl, openssl and the shell kit; its certificate comes from the demo's authority. */
final class ShellRegion extends ShellFolder {

    private static final Path KIT = Path.of("exchange/chx.sh");

    private final String region;

    /** @param algorithm sm2, ed25519 or p256 */
    ShellRegion(String region, String algorithm, Path directory, Path hubData, String base) {
        super(directory);
        this.region = region;
        Path authority = hubData.resolve("secrets/exchange");
        try {
            Files.copy(KIT, directory.resolve("chx.sh"));
            Files.copy(authority.resolve("ca.pem"), directory.resolve("hub-ca.pem"));
            kit("keygen", algorithm);
            kit("csr", region);
            write("tls.ext", "extendedKeyUsage=clientAuth\n");
            openssl(
                    "x509 -req -in tls.csr -CA %1$s/ca.pem -CAkey %1$s/ca.key -set_serial %2$d -days 30 -extfile tls.ext -out tls.crt"
                            .formatted(authority, Math.abs(region.hashCode())));
            openssl("pkcs12 -export -in tls.crt -inkey tls.key -passout pass:changeit -out tls.p12");
            Path folder = hubData.resolve("exchange").resolve(region);
            Files.createDirectories(folder);
            Files.copy(path("sign.pub"), folder.resolve(keyid() + ".pub"), StandardCopyOption.REPLACE_EXISTING);
            Files.copy(path("tls.crt"), folder.resolve(keyid() + ".crt"), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        write("chx.conf", "CHX_BASE=%s\nCHX_PARTY=urn:chx:%s:hub\nCHX_KEYID=%s\n".formatted(base, region, keyid()));
    }

    String keyid() {
        return region + "-2026a";
    }

    /** Runs chx.sh. */
    Said kit(String... arguments) {
        return kit(Map.of(), arguments);
    }

    Said kit(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "chx.sh"));
        command.addAll(List.of(arguments));
        return run(environment, command);
    }

    /** A message about a case that is new, as a file. */
    String message() {
        String number = "32-" + UUID.randomUUID().toString().substring(0, 8);
        write(
                number,
                Applications.online(Applications.ECONOMY).replaceFirst("\\{", "{\"senderCaseNo\":\"" + number + "\","));
        Said said = kit("envelope", "cn.shuniu.case.submitted.v1", number, "urn:chx:shanghai:hub", number, "1");
        write(number + ".json", said.out());
        return number + ".json";
    }

    String idOf(String message) {
        return RunningHub.JSON.readTree(read(message)).path("id").asString();
    }
}
