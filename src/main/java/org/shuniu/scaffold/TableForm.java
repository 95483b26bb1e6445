package org.shuniu.scaffold;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.shuniu.contract.Contract;
import org.shuniu.contract.FrontEndTables;

/** A front-end database of the department's own: tables that the hub writes, and one that it reads. */
final class TableForm implements PartnerForm {

    /** In a table of papers the message is known by its id, and each paper by its place too. */
    static final List<String> KEYS_OF_A_PAPER = List.of(
            "      - {target: %s, expression: 'message.id & \"-\" & $string(index)', required: true, max: 50}"
                    .formatted(FrontEndTables.KEY),
            "      - {target: %s, expression: message.id, required: true, max: 50}"
                    .formatted(FrontEndTables.DOCUMENT_KEY));

    /** The account that partner.yaml names where nothing else is said. */
    private static final String ACCOUNT = "hub";

    private static final Pattern FIELD = Pattern.compile("(?<=- \\{name: )([A-Za-z]+)(?=, source: ([a-zA-Z.]+))");

    private final Contract contract;

    TableForm(Contract contract) {
        this.contract = contract;
    }

    /** A contract whose fields are named as columns are. */
    static String columns(String contract) {
        return FIELD.matcher(contract)
                .replaceAll(field -> field.group(2).equals("message.id") ? FrontEndTables.KEY : column(field.group(1)));
    }

    private static String column(String name) {
        return name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    @Override
    public String folder() {
        return "table";
    }

    @Override
    public String shared() {
        return folder();
    }

    @Override
    public List<String> routes() {
        return List.of("forward-application", "retry-delivery", "receive-result", "poll-result");
    }

    @Override
    public List<String> mappings() {
        return List.of("result.in.yaml");
    }

    @Override
    public Map<String, String> further() {
        FrontEndTables tables = new FrontEndTables(contract);
        Map<String, String> words = Map.of(
                "partner", contract.partner(),
                "zh", contract.name().zh(),
                "definitions", tables.definitions(),
                "grants", tables.grants(ACCOUNT));
        return Map.of(FrontEndTables.FILE, Template.filled("table/" + FrontEndTables.FILE, words));
    }

    @Override
    public String codec(String document) {
        return "codec: {kind: row}";
    }

    @Override
    public Map<String, String> words() {
        return Map.of("database", FrontEndTables.database(contract.partner()), "account", ACCOUNT);
    }

    @Override
    public boolean gives(String example) {
        return true;
    }

    @Override
    public Map.Entry<String, String> example(String name, String text) {
        return Map.entry(name, text);
    }
}
