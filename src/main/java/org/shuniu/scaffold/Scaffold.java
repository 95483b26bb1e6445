package org.shuniu.scaffold;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractItem;
import org.shuniu.contract.ContractProtocol;

/** The files of a partner that a contract describes. What they say of the case is a beginning, which engineers change. */
public final class Scaffold {

    private static final String SOURCE = ".source.json";

    private final Contract contract;
    private final PartnerForm form;
    private final MappingText mapping;
    private final Map<String, String> words;

    public Scaffold(Contract contract) {
        this.contract = contract;
        this.mapping = new MappingText(contract);
        this.form = switch (contract.protocol()) {
            case REST, SOAP -> new CallForm(contract);
            case AMQP -> new QueueForm();
            case TABLE -> new TableForm(contract);
            case SFTP_CSV, FIXED_WIDTH -> new BatchForm(contract, mapping.columns());
        };
        this.words = new TreeMap<>(form.words());
        this.words.putAll(Map.of(
                "partner", contract.partner(),
                "zh", contract.name().zh(),
                "zh-yaml", Yaml.text(contract.name().zh()),
                "en", contract.name().en(),
                "en-yaml", Yaml.text(contract.name().en()),
                "name", "the office of " + contract.name().en(),
                "code", contract.code(),
                "office", contract.office(),
                "protocol", contract.protocol().word()));
        this.words.putAll(new Terms(contract).words());
        ContractItem item = contract.items().get(0);
        this.words.putAll(Map.of(
                "item", item.code(),
                "item-name", item.name().zh(),
                "handle-code", CatalogueRows.handleCode(item),
                "days", String.valueOf(item.workingDays())));
    }

    /**
     * The text of a contract to begin with: the usual fields, one code table, and what is given.
     *
     * @param results how results come; by default as is usual for the protocol
     */
    public static String starter(
            String partner,
            Name name,
            String code,
            String office,
            ContractProtocol protocol,
            Optional<Results> results,
            LocalDate since,
            Iterable<ContractItem> items) {
        StringBuilder list = new StringBuilder();
        for (ContractItem item : items) {
            list.append("\n  - {code: \"%s\", name: {zh: %s, en: %s}, working-days: %d}"
                    .formatted(
                            item.code(),
                            Yaml.text(item.name().zh()),
                            Yaml.text(item.name().en()),
                            item.workingDays()));
        }
        boolean bytes = protocol == ContractProtocol.FIXED_WIDTH;
        Map<String, String> words = new LinkedHashMap<>(Map.of(
                "partner", partner,
                "zh", name.zh(),
                "zh-yaml", Yaml.text(name.zh()),
                "en-yaml", Yaml.text(name.en()),
                "code", code,
                "office-yaml", Yaml.text(office),
                "protocol", protocol.word(),
                "protocols", String.join(", ", ContractProtocol.words()),
                "since", since.toString()));
        words.put("result", results.orElse(protocol.results().get(0)).word());
        words.put(
                "results",
                String.join(", ", protocol.results().stream().map(Results::word).toList()));
        words.put("limit-example", protocol.isFlat() ? "{rows: 5000}" : "{parallel: 4, per-second: 20, deadline: 10s}");
        words.put("items", list.substring(1));
        words.put("bytes", bytes ? ", here bytes of GB18030" : "");
        words.put("name-length", bytes ? "120" : "60");
        words.put("text-length", bytes ? "800" : "500");
        String text = Template.filled("contract.yaml", words);
        return protocol == ContractProtocol.TABLE ? TableForm.columns(text) : text;
    }

    /** Texts of the partner's folder in {@code routes/}, by the names of their files. */
    public Map<String, String> routes() {
        Map<String, String> files = new TreeMap<>();
        files.put("partner.yaml", Template.filled(form.folder() + "/partner.yaml", words));
        for (String route : form.routes()) {
            String name = route + ".camel.yaml";
            String own = form.folder() + "/" + name;
            files.put(name, Template.filled(Template.exists(own) ? own : "routes/" + name, words));
        }
        return files;
    }

    /** Texts of the partner's folder in {@code mappings/}, by their paths in it; of examples the sources, and no targets. */
    public Map<String, String> mappings() {
        Map<String, String> files = new TreeMap<>();
        files.put("README.md", Template.filled(form.folder() + "/README.md", words));
        for (String document : Contract.DOCUMENTS) {
            files.put(document + ".out.yaml", mapping.outgoing(document, form.codec(document)));
        }
        files.put("allowed-fields.csv", mapping.allowedFields());
        files.putAll(form.further());
        form.mappings().forEach(name -> files.put(name, Template.filled(form.shared() + "/" + name, words)));
        contract.codes()
                .forEach((table, codes) -> files.put("codes/%s.csv".formatted(table), MappingText.table(codes)));
        Template.names(form.shared() + "/codes")
                .forEach(name -> files.put("codes/" + file(name), Template.filled(name, words)));
        sources(files);
        answers(files);
        return files;
    }

    private void sources(Map<String, String> files) {
        for (String name : Template.names("sources")) {
            String[] parts = file(name).split("\\.");
            if (parts.length == 3 && files.containsKey(parts[0] + ".out.yaml")) {
                Map<String, String> said = new TreeMap<>(words);
                said.put("document", parts[0].equals("query") ? "application" : parts[0]);
                said.put("content", Template.filled(name, words).strip());
                files.put(
                        "examples/%s.out/%s%s".formatted(parts[0], parts[1], SOURCE),
                        Template.filled("frame/document.json", said));
            }
        }
    }

    private void answers(Map<String, String> files) {
        Template.names(form.shared() + "/answers").stream()
                .filter(name -> form.gives(file(name)))
                .map(name -> form.example(file(name), Template.filled(name, words)))
                .forEach(example -> files.put("examples/result.in/" + example.getKey(), example.getValue()));
    }

    private static String file(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
