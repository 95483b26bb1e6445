package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Hours;
import org.shuniu.contract.Contract.Limits;
import org.shuniu.contract.ContractFile;
import org.shuniu.fault.Fault;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.DeliveryPolicy;
import org.shuniu.partner.DeliveryPolicy.Rate;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;

/**
 * Where there is a contract, what goes to the department is what was agreed: every field that it asks for is written, and it is
 * called no more, no longer and at no other times.
 */
public final class ContractCheck {

    private final Path folder;
    private final PartnerDirectory partners;
    private final Mappings mappings;
    private final List<Fault> faults;

    /** @param faults takes what is otherwise */
    public ContractCheck(Path folder, PartnerDirectory partners, Mappings mappings, List<Fault> faults) {
        this.folder = folder;
        this.partners = partners;
        this.mappings = mappings;
        this.faults = faults;
    }

    /** Of all contracts beside mappings. */
    public void run() {
        try {
            ContractFile.all(folder, faults).stream()
                    .filter(contract -> mappings.partners().contains(contract.partner()))
                    .forEach(contract -> {
                        checkFields(contract);
                        new FrontEndCheck(folder, contract, faults).run();
                        partners.find(contract.partner()).ifPresent(partner -> checkTerms(contract, partner));
                    });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void checkFields(Contract contract) {
        Contract.DOCUMENTS.forEach(document -> faults.addAll(unwritten(folder, contract, document, mappings)));
    }

    /**
     * What is agreed of one kind of document and not written.
     *
     * @param folder of the mappings, where the contract is
     */
    public static List<Fault> unwritten(Path folder, Contract contract, String document, Mappings mappings) {
        Set<String> written = mappings.targets(contract.partner(), document);
        List<Fault> unwritten = new ArrayList<>();
        for (int i = 0; i < contract.of(document).size(); i++) {
            String name = contract.target(document, contract.of(document).get(i));
            if (!written.contains(name)) {
                unwritten.add(Fault.ofKey(
                        ContractFile.of(folder, contract.partner()),
                        "fields.%s[%d]".formatted(document, i),
                        "%s is agreed, and %s.out.yaml does not write it".formatted(name, document),
                        "a row with target " + name + ", or no such field"));
            }
        }
        return unwritten;
    }

    private void checkTerms(Contract contract, Partner partner) {
        DeliveryPolicy delivery = partner.delivery();
        Limits limits = contract.limits();
        limits.parallel()
                .ifPresent(agreed -> atMost(contract, "parallel", agreed, delivery.parallel(), "delivery.parallel"));
        limits.perSecond().ifPresent(agreed -> {
            int most = delivery.rate().map(Rate::perSecond).orElse(Integer.MAX_VALUE);
            atMost(contract, "per-second", agreed, most, "delivery.rate.per-second");
        });
        limits.rows().ifPresent(agreed -> {
            int most = partner.files().map(files -> files.send().mostRows()).orElse(Integer.MAX_VALUE);
            atMost(contract, "rows", agreed, most, "files.send.most-rows");
        });
        limits.deadline()
                .filter(agreed -> agreed.compareTo(delivery.deadline()) > 0)
                .ifPresent(agreed -> fault(
                        contract,
                        "limits.deadline",
                        "%d ms are agreed for an answer, and partner.yaml gives up after %d ms"
                                .formatted(
                                        agreed.toMillis(), delivery.deadline().toMillis()),
                        "delivery.deadline of at least what is agreed"));
        if (!contract.hours().equals(Hours.ALWAYS)
                && !contract.hours().windows().equals(partner.hours())) {
            fault(
                    contract,
                    "hours",
                    "other hours are agreed than partner.yaml has",
                    "hours: %s in partner.yaml, or those of partner.yaml here"
                            .formatted(contract.hours().text()));
        }
    }

    private void atMost(Contract contract, String limit, int agreed, int most, String key) {
        if (most > agreed) {
            fault(
                    contract,
                    "limits." + limit,
                    "%d are agreed, and partner.yaml allows %s"
                            .formatted(agreed, most == Integer.MAX_VALUE ? "any number" : String.valueOf(most)),
                    "%s of at most %d".formatted(key, agreed));
        }
    }

    private void fault(Contract contract, String key, String reason, String cure) {
        faults.add(Fault.ofKey(ContractFile.of(folder, contract.partner()), key, reason, cure));
    }
}
