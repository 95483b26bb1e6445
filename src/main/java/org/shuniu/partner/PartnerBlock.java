package org.shuniu.partner;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.shuniu.fault.BlockReader;
import org.shuniu.fault.Fault;
import org.shuniu.fault.YamlLines;
import tools.jackson.databind.JsonNode;

/** Reads one partner.yaml and gathers everything that is wrong with it. */
final class PartnerBlock {

    private static final Set<String> KEYS = Set.of(
            "partner",
            "name",
            "connected",
            "department",
            "protocol",
            "address",
            "operations",
            "authentication",
            "delivery",
            "hours",
            "database",
            "enquiry",
            "files",
            "queues",
            "enrich",
            "enriched-by",
            "sender",
            "reconciliation",
            "exchange");
    /** Of all kinds. */
    private static final Set<String> AUTHENTICATION_KEYS = Set.of(
            "kind",
            "token",
            "token-path",
            "client-id",
            "client-secret",
            "app-key",
            "app-secret",
            "payload-key",
            "account",
            "username",
            "password",
            "private-key",
            "id",
            "id-field",
            "password-field");

    private static final Set<String> PROTOCOLS = Set.of("rest", "soap", "table", "sftp", "amqp", "smpp", "chx");
    private static final Set<String> WITHOUT_OPERATIONS = Set.of("table", "sftp");
    private static final Set<String> WITHOUT_ADDRESS = Set.of("table", "amqp");
    private static final Set<String> SFTP_AUTHENTICATION = Set.of("password", "private-key");

    private final String id;
    private final BlockReader block;
    private final List<Fault> faults;
    private final int before;

    PartnerBlock(String id, Path file, YamlLines lines, JsonNode tree, List<Fault> faults) {
        this.id = id;
        this.block = new BlockReader(file, lines, tree, faults);
        this.faults = faults;
        this.before = faults.size();
    }

    Optional<Partner> read() {
        block.requireKeys("", KEYS);
        block.requireKeys("name", Set.of("zh", "en"));
        if (!id.equals(block.at("partner").asString(""))) {
            block.fault("partner", "not the folder's name", id);
        }
        String protocol = block.text("protocol");
        if (!PROTOCOLS.contains(protocol)) {
            block.fault(
                    "protocol",
                    "an unknown protocol",
                    "one of " + PROTOCOLS.stream().sorted().toList());
        }
        boolean connected = connected();
        Optional<Partner.Database> database = database(protocol);
        Optional<URI> address = address(protocol);
        DeliveryPolicy delivery = new DeliveryBlock(block).read();
        Map<String, String> operations = operations(protocol, delivery);
        Optional<FileExchange> files = files(protocol, delivery);
        Partner.Authentication authentication = authentication();
        if (protocol.equals("smpp") != authentication instanceof Partner.Authentication.Account) {
            block.fault(
                    "authentication.kind", "a kind that does not fit the protocol", "account for smpp, and only there");
        }
        Partner partner = new Partner(
                id,
                new Partner.Name(block.text("name", "zh"), block.text("name", "en")),
                Optional.ofNullable(block.at("department").asString(null)),
                protocol,
                address,
                operations,
                authentication,
                delivery,
                new HoursBlock(block).read(),
                database,
                new EnquiryBlock(block).read(operations),
                files,
                new QueuesBlock(block).read(protocol),
                new EnrichBlock(block).read(operations),
                new EnrichBlock(block).enrichedBy(),
                new SenderBlock(block).read(),
                new CountingBlock(block).read(protocol, operations).filter(counting -> connected),
                exchange(protocol, connected, delivery),
                connected);
        return faults.size() == before ? Optional.of(partner) : Optional.empty();
    }

    private boolean connected() {
        String word = block.at("connected").asString("true");
        if (!word.equals("true") && !word.equals("false")) {
            block.fault("connected", "another word", "true or false");
        }
        return !word.equals("false");
    }

    /** Keys and certificates of a region are known only when it is connected. */
    private Optional<ExchangeProfile> exchange(String protocol, boolean connected, DeliveryPolicy delivery) {
        boolean chx = protocol.equals("chx");
        if (chx && delivery.unknownOutcome() != UnknownOutcome.RECOGNISES_ID) {
            block.fault("delivery.unknown-outcome", "another policy", "recognises-id, which protocol chx gives");
        }
        if (!connected) {
            return Optional.empty();
        }
        Optional<ExchangeProfile> profile = new ExchangeBlock(block).read();
        if (chx && profile.isEmpty()) {
            block.fault("exchange", "nothing", "the profile that protocol chx needs");
        }
        boolean fetches = profile.filter(known -> !known.directions().contains(ExchangeProfile.Direction.PUSH))
                .isPresent();
        if (chx && fetches && block.has("reconciliation")) {
            block.fault("reconciliation", "a region that is not called", "exchange.directions with push, or none");
        }
        return profile;
    }

    private Optional<URI> address(String protocol) {
        if (WITHOUT_ADDRESS.contains(protocol)) {
            return Optional.empty();
        }
        if (protocol.equals("sftp")) {
            return Optional.of(
                    parsed("address", PartnerBlock::server, URI.create("sftp://invalid:22"), "sftp://host:port"));
        }
        if (protocol.equals("smpp")) {
            return Optional.of(
                    parsed("address", PartnerBlock::centre, URI.create("smpp://invalid:1"), "smpp://host:port"));
        }
        return Optional.of(
                parsed("address", URI::create, URI.create("http://invalid"), "an absolute http or https address"));
    }

    private static URI server(String text) {
        URI address = URI.create(text);
        if (!"sftp".equals(address.getScheme()) || address.getHost() == null || address.getPort() < 1) {
            throw new IllegalArgumentException("no address of an SFTP server");
        }
        return address;
    }

    private static URI centre(String text) {
        URI address = URI.create(text);
        if (!"smpp".equals(address.getScheme()) || address.getHost() == null || address.getPort() < 1) {
            throw new IllegalArgumentException("no short-message centre");
        }
        return address;
    }

    /** A batch whose upload got no answer is uploaded again under its number: only who recognises it can be sent one. */
    private Optional<FileExchange> files(String protocol, DeliveryPolicy delivery) {
        if (!protocol.equals("sftp")) {
            return Optional.empty();
        }
        if (delivery.unknownOutcome() != UnknownOutcome.RECOGNISES_ID) {
            block.fault("delivery.unknown-outcome", "another policy", "recognises-id, which protocol sftp needs");
        }
        if (!SFTP_AUTHENTICATION.contains(block.at("authentication", "kind").asString(""))) {
            block.fault("authentication.kind", "another kind", "password or private-key, which protocol sftp needs");
        }
        return Optional.of(new FilesBlock(block).read());
    }

    private Map<String, String> operations(String protocol, DeliveryPolicy delivery) {
        Map<String, String> operations = new HashMap<>();
        block.at("operations")
                .propertyStream()
                .forEach(
                        entry -> operations.put(entry.getKey(), entry.getValue().asString("")));
        if (!WITHOUT_OPERATIONS.contains(protocol) && operations.isEmpty()) {
            block.fault("operations", "nothing", "one entry for each kind of document");
        }
        if (delivery.unknownOutcome() == UnknownOutcome.ASK && !operations.containsKey("query")) {
            block.fault("operations.query", "nothing", "the operation that delivery.unknown-outcome: ask needs");
        }
        return operations;
    }

    private Partner.Authentication authentication() {
        block.requireKeys("authentication", AUTHENTICATION_KEYS);
        return switch (block.at("authentication", "kind").asString("none")) {
            case "none" -> new Partner.Authentication.None();
            case "bearer" -> new Partner.Authentication.Bearer(block.secret("authentication", "token"));
            case "oauth2-client-credentials" ->
                new Partner.Authentication.ClientCredentials(
                        block.text("authentication", "token-path"),
                        block.text("authentication", "client-id"),
                        block.secret("authentication", "client-secret"));
            case "login" ->
                new Partner.Authentication.Login(
                        block.text("authentication", "token-path"),
                        block.text("authentication", "app-key"),
                        block.secret("authentication", "app-secret"),
                        block.text("authentication", "account"),
                        block.secret("authentication", "password"));
            case "sm3-signature" ->
                new Partner.Authentication.Signature(
                        block.text("authentication", "app-key"),
                        block.secret("authentication", "app-secret"),
                        Optional.ofNullable(
                                block.at("authentication", "payload-key").asString(null)));
            case "password" ->
                new Partner.Authentication.Password(
                        block.text("authentication", "username"), block.secret("authentication", "password"));
            case "private-key" ->
                new Partner.Authentication.PrivateKey(
                        block.text("authentication", "username"), block.secret("authentication", "private-key"));
            case "account" ->
                new Partner.Authentication.Account(
                        block.text("authentication", "id"), block.secret("authentication", "password"));
            case "form" ->
                new Partner.Authentication.Form(
                        block.text("authentication", "id-field"),
                        block.text("authentication", "id"),
                        block.text("authentication", "password-field"),
                        block.secret("authentication", "password"));
            default -> {
                block.fault(
                        "authentication.kind",
                        "an unknown kind",
                        "none, bearer, form, account, login, oauth2-client-credentials, sm3-signature, password or private-key");
                yield new Partner.Authentication.None();
            }
        };
    }

    private Optional<Partner.Database> database(String protocol) {
        if (!protocol.equals("table")) {
            return Optional.empty();
        }
        block.requireKeys("database", Set.of("url", "username", "password", "result-tables", "batch"));
        return Optional.of(new Partner.Database(
                block.text("database", "url"),
                block.text("database", "username"),
                block.secret("database", "password"),
                block.strings("database", "result-tables"),
                block.number("database", "batch")));
    }

    private <T> T parsed(String key, Function<String, T> parser, T otherwise, String expected) {
        try {
            return parser.apply(block.text(key));
        } catch (IllegalArgumentException malformed) {
            block.fault(key, "a malformed value", expected);
            return otherwise;
        }
    }
}
