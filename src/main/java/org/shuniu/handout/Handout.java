package org.shuniu.handout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/** All files that the developers of an office get: schemas, samples, and the page that explains them. */
public final class Handout {

    private static final Map<ContractProtocol, String> SPOKEN = Map.of(
            ContractProtocol.REST, "rest",
            ContractProtocol.SOAP, "soap",
            ContractProtocol.AMQP, "amqp",
            ContractProtocol.TABLE, "table",
            ContractProtocol.SFTP_CSV, "sftp",
            ContractProtocol.FIXED_WIDTH, "sftp");

    private Handout() {}

    /**
     * Makes them of what stands in the hub's folders.
     *
     * @param contact whom the office asks, where that is said
     * @param faults to which is added where contract, partner.yaml and examples do not say the same
     * @return contents by their paths
     */
    public static SortedMap<String, byte[]> of(
            Folders folders,
            Contract contract,
            Partner partner,
            Mappings mappings,
            Optional<String> contact,
            List<Fault> faults)
            throws IOException {
        String spoken = SPOKEN.get(contract.protocol());
        if (!partner.protocol().equals(spoken)) {
            faults.add(Fault.ofKey(
                    PartnerDirectory.file(folders.routes(), contract.partner()),
                    "protocol",
                    "found %s, and the contract says %s"
                            .formatted(partner.protocol(), contract.protocol().word()),
                    spoken));
            return new TreeMap<>();
        }
        Office office = Office.read(folders, contract, partner, mappings);
        WireForm form = WireForm.of(office);
        List<Sample> samples = new Samples(office, form).all(faults);
        Map<String, String> schemas = form.schemas();
        SortedMap<String, byte[]> files = new TreeMap<>();
        schemas.forEach((name, text) -> files.put("schema/" + name, bytes(text)));
        samples.forEach(sample -> files.put("samples/" + sample.file(), sample.body()));
        files.put("samples/list.csv", bytes(Samples.list(samples)));
        List<String> names = List.copyOf(new TreeSet<>(schemas.keySet()));
        files.put("index.html", bytes(new Page(office, form, samples, names, contact).html()));
        return files;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
