package org.shuniu.bench.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.shuniu.vault.Vault;

/** What is asked by the API shows the case's result: those of the drawn cases are sealed with the hub's own key, as no SQL can. */
final class SampledBodies {

    private static final int FIRST_KEY = 1;
    private static final String RESULTS = "select result_id from case_file where case_no = any(?)";
    private static final String SEAL = "update message set body = ? where id = ?";
    private static final byte[] RESULT = """
            {"status":"60","resultTime":"20260101120000","departmentCaseNo":"JX-1","outcome":"granted"}""".getBytes(StandardCharsets.UTF_8);

    private final Vault vault;

    private SampledBodies(Vault vault) {
        this.vault = vault;
    }

    /** @param directory of a hub on embedded parts, which made its secrets there */
    static SampledBodies of(Path directory) throws IOException {
        Path secrets = directory.resolve("data/secrets");
        return new SampledBodies(
                Vault.of(Map.of(FIRST_KEY, key(secrets, "master-key")), FIRST_KEY, key(secrets, "index-key")));
    }

    private static byte[] key(Path secrets, String name) throws IOException {
        return HexFormat.of().parseHex(Files.readString(secrets.resolve(name)).strip());
    }

    void seal(Connection connection, List<Sample> cases) throws SQLException {
        String[] numbers = cases.stream().map(Sample::caseNo).toArray(String[]::new);
        try (PreparedStatement results = connection.prepareStatement(RESULTS);
                PreparedStatement seal = connection.prepareStatement(SEAL)) {
            results.setArray(1, connection.createArrayOf("text", numbers));
            try (ResultSet row = results.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    seal.setBytes(1, vault.seal(RESULT, "message.body", id));
                    seal.setObject(2, id);
                    seal.addBatch();
                }
            }
            seal.executeBatch();
        }
    }
}
