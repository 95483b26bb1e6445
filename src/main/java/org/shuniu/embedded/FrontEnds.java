package org.shuniu.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.shuniu.HubProperties;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.contract.FrontEndTables;
import org.shuniu.partner.PartnerFiles;

/** The front-end databases of the demo, one in the embedded server for each department that speaks by tables. */
public final class FrontEnds {

    /** The setting that says where all of them are, as a JDBC address up to a database's name. */
    private static final String ADDRESS = "shuniu.database.embedded-address";

    private FrontEnds() {}

    /** Partners that have one: those that the settings name, and those with whom a contract says so. */
    static Collection<String> partners(HubProperties hub) {
        TreeSet<String> partners = new TreeSet<>(hub.database().frontEnds());
        List<String> here = new PartnerFiles(hub.routesDir()).ids();
        byContract(hub.mappingsDir()).stream().filter(here::contains).forEach(partners::add);
        return partners;
    }

    /** A contract with which something is wrong is told of where its office would begin. */
    private static List<String> byContract(Path mappings) {
        if (!Files.isDirectory(mappings)) {
            return List.of();
        }
        try {
            return ContractFile.all(mappings, new ArrayList<>()).stream()
                    .filter(contract -> contract.protocol() == ContractProtocol.TABLE)
                    .map(Contract::partner)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What such a database is called. */
    static String database(String partner) {
        return FrontEndTables.database(partner);
    }

    /**
     * Where they are, as the settings that partners' files name.
     *
     * @param partners with an address of their own
     * @param url of a database of the embedded server, by its name
     */
    public static Map<String, Object> settings(Collection<String> partners, UnaryOperator<String> url) {
        Map<String, Object> settings = new TreeMap<>(Map.of(ADDRESS, url.apply("")));
        partners.forEach(
                partner -> settings.put("shuniu.partners.%s.url".formatted(partner), url.apply(database(partner))));
        return settings;
    }
}
