package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;

/** Where there is a contract, what goes to the department is what was agreed: every field that it asks for is written. */
final class ContractCheck {

    private final Path folder;
    private final Mappings mappings;
    private final List<Fault> faults;

    ContractCheck(Path folder, Mappings mappings, List<Fault> faults) {
        this.folder = folder;
        this.mappings = mappings;
        this.faults = faults;
    }

    void run() {
        try {
            ContractFile.all(folder, faults).stream()
                    .filter(contract -> mappings.partners().contains(contract.partner()))
                    .forEach(this::check);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void check(Contract contract) {
        for (String document : Contract.DOCUMENTS) {
            Set<String> written = mappings.targets(contract.partner(), document);
            for (int i = 0; i < contract.of(document).size(); i++) {
                String name = contract.of(document).get(i).name();
                if (!written.contains(name)) {
                    faults.add(Fault.ofKey(
                            ContractFile.of(folder, contract.partner()),
                            "fields.%s[%d]".formatted(document, i),
                            "%s is agreed, and %s.out.yaml does not write it".formatted(name, document),
                            "a row with target " + name + ", or no such field"));
                }
            }
        }
    }
}
