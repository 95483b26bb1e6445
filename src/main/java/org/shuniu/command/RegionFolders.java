package org.shuniu.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.contract.Contract.Name;
import org.shuniu.partner.DurableFiles;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.PartnerFiles;
import org.shuniu.partner.ProfileFile;
import org.shuniu.store.Json;

/**
 * The two folders of a new region. Regions have the same files under other names, so that routes and mappings are those of a
 * region that stands; what is agreed with the new one is written anew, and holds nothing that was not said.
 */
final class RegionFolders {

    private static final String BLOCK = "partner.yaml";
    /** A file of whoever decides cases for the city. */
    private static final String DECIDES = "application.out.yaml";

    private final PartnerCommand.Installation place;
    private final Name name;
    private final Agreement agreed;
    private final List<String> faults;
    private final String id;
    private final Map<String, Partner> partners;
    private final Partner like;
    private String block = "";

    RegionFolders(PartnerCommand.Installation place, String id, Name name, Agreement agreed, List<String> faults) {
        this.place = place;
        this.name = name;
        this.agreed = agreed;
        this.faults = faults;
        this.id = id;
        if (!id.matches("[a-z][a-z0-9-]{1,39}")) {
            throw new Unclear("ID: found %s, expected one of a to z, 0 to 9 and hyphens".formatted(id));
        }
        if (Files.exists(routes(id))) {
            throw new IllegalArgumentException("%s is there already".formatted(routes(id)));
        }
        this.partners = place.look(Map.of()).partners();
        this.like = like();
    }

    String id() {
        return id;
    }

    /** The region's partner.yaml. */
    String block() {
        return block;
    }

    private Path routes(String partner) {
        return place.hub().routesDir().resolve(partner);
    }

    private Path mappings(String partner) {
        return place.hub().mappingsDir().resolve(partner);
    }

    private Partner like() {
        List<String> regions = new PartnerFiles(place.hub().routesDir()).regions();
        Optional<String> wished = agreed.like();
        return regions.stream()
                .filter(region -> wished.map(region::equals)
                        .orElseGet(() -> Files.exists(mappings(region).resolve(DECIDES))))
                .findFirst()
                .map(partners::get)
                .orElseThrow(() -> new Unclear(
                        "--like: expected a region without a fault, whose routes and mappings are taken: one of "
                                + regions));
    }

    void prepare(List<RegionPapers.Known> certificates, List<ProfileFile.NewKey> keys) throws IOException {
        String party = agreed.party(id);
        Optional<String> base = agreed.base();
        Map<String, String> slots = new LinkedHashMap<>();
        slots.put("zh-quoted", quoted(name.zh()));
        slots.put("en-quoted", quoted(name.en()));
        slots.put("zh", name.zh());
        slots.put("en", name.en());
        slots.put("id", id);
        slots.put("address", base.orElse("https://%s.invalid/partner/v1".formatted(id)));
        slots.put("operations", operations());
        slots.put("sender", sender());
        slots.put("party", party);
        slots.put("base", base.map("  base: %s\n"::formatted).orElse(""));
        slots.put(
                "certificates",
                certificates.stream()
                        .map(one -> "    - " + ProfileFile.certificate(one.sha256(), one.ends()))
                        .collect(Collectors.joining("\n")));
        slots.put(
                "keys",
                keys.stream()
                        .map(key -> "    - " + String.join("\n      ", key.lines()))
                        .collect(Collectors.joining("\n")));
        slots.put("allow", allow());
        slots.put(
                "directions",
                agreed.directions().stream()
                        .map(direction -> direction.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        slots.put("contact", quoted(agreed.contact()));
        block = template();
        slots.forEach((slot, value) -> block = block.replace("{" + slot + "}", value));
    }

    private static String template() throws IOException {
        try (InputStream template = RegionFolders.class.getResourceAsStream("region.yaml")) {
            return new String(template.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As YAML reads it, whatever is in it. */
    private static String quoted(String text) {
        return Json.MAPPER.writeValueAsString(text);
    }

    /** Those whose mappings it gets. */
    private String operations() {
        return new TreeMap<>(like.operations())
                .entrySet().stream()
                        .map(operation -> "  %s: %s".formatted(operation.getKey(), operation.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    private String sender() {
        return like.sending()
                .centres()
                .map(
                        "# Centres work on its cases (pre-review, acceptance) through this partner.\nsender: {centres: %s}\n"
                                ::formatted)
                .orElse("");
    }

    /** Only what is named may come in, and only for partners that exist. */
    private String allow() {
        Map<String, List<String>> rules = new TreeMap<>();
        for (String rule : agreed.allow()) {
            String[] sides = rule.split("=", 2);
            if (sides.length < 2 || !like.operations().containsValue(sides[0])) {
                faults.add("--allow: found %s, expected TYPE=RECEIVER,… with a type of %s"
                        .formatted(
                                rule,
                                like.operations().values().stream().sorted().toList()));
                continue;
            }
            List<String> receivers = List.of(sides[1].split(","));
            receivers.stream()
                    .filter(receiver -> !receiver.equals("*") && !partners.containsKey(receiver))
                    .forEach(receiver ->
                            faults.add("--allow: found %s, expected partners' ids or *".formatted(receiver)));
            rules.put(sides[0], receivers.stream().map(RegionFolders::quoted).toList());
        }
        return rules.isEmpty()
                ? "[]"
                : rules.entrySet().stream()
                        .map(rule -> "\n    - {type: %s, to: [%s]}"
                                .formatted(rule.getKey(), String.join(", ", rule.getValue())))
                        .collect(Collectors.joining());
    }

    /** The mappings come first: a region without them would keep the hub from starting. */
    void write(PrintStream out) throws IOException {
        Map<String, String> routes = renamed(routes(like.id()));
        routes.put(BLOCK, block);
        if (Files.exists(mappings(id))) {
            out.printf("%s was there already, and stays as it is.%n", mappings(id));
        } else {
            DurableFiles.create(mappings(id), renamed(mappings(like.id())));
            out.printf("Written: %s, like that of %s%n", mappings(id), like.id());
        }
        DurableFiles.create(routes(id), routes);
        out.printf("Written: %s%n", PartnerDirectory.file(place.hub().routesDir(), id));
        if (agreed.allow().isEmpty()) {
            out.println("Nothing is allowed yet that it may send: no --allow was given.");
        }
        out.printf(
                "It gets in when the hub starts again. Cases go to it once %s names it for the divisions %s….%n",
                place.hub().mappingsDir().resolve("catalogue/provinces.csv"), agreed.division());
    }

    private Map<String, String> renamed(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), renamed(Files.readString(file)));
            }
        }
        return files;
    }

    private String renamed(String text) {
        String division = agreed.division();
        return text.replace(like.id(), id)
                .replace(like.name().en(), name.en())
                .replace(like.name().zh(), name.zh())
                .replaceAll("(?m)^\\| state \\|.*\\|$", "| state | what is agreed stands in its partner.yaml |")
                .replaceAll("(begins with |prefix )\\d\\d\\b", "$1" + division)
                .replaceAll("(\"division\": \")\\d\\d", "$1" + division);
    }
}
