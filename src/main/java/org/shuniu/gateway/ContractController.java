package org.shuniu.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.shuniu.HubProperties;
import org.shuniu.intake.Problem;
import org.shuniu.intake.SubmissionRefused;
import org.shuniu.store.Json;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Serves the contract of the hub's addresses, and the canonical schemas that it refers to. */
@RestController
final class ContractController {

    private static final Pattern SCHEMA = Pattern.compile("[a-z]+\\.schema\\.json");

    private final Path schemas;
    private final byte[] yaml;
    private final byte[] json;

    ContractController(HubProperties properties) throws IOException {
        this.schemas = properties.mappingsDir().resolve("canonical");
        try (InputStream contract = new ClassPathResource("static/openapi.yaml").getInputStream()) {
            this.yaml = contract.readAllBytes();
        }
        this.json = Json.bytes(YAMLMapper.builder().build().readTree(yaml));
    }

    @GetMapping("/openapi.yaml")
    ResponseEntity<byte[]> yaml() {
        return answer("application/yaml;charset=UTF-8", yaml);
    }

    @GetMapping("/openapi.json")
    ResponseEntity<byte[]> json() {
        return answer(MediaType.APPLICATION_JSON_VALUE, json);
    }

    @GetMapping("/schemas/{schema}")
    ResponseEntity<byte[]> schema(@PathVariable String schema) throws IOException {
        Path file = schemas.resolve(schema);
        if (!SCHEMA.matcher(schema).matches() || !Files.isRegularFile(file)) {
            throw new SubmissionRefused(Problem.of("not-found", 404, "There is no schema of this name"));
        }
        return answer("application/schema+json", Files.readAllBytes(file));
    }

    private static ResponseEntity<byte[]> answer(String type, byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).body(body);
    }
}
