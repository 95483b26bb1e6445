package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.contract.FrontEndTables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offices with which there are contracts: a partner that `new` made is simulated without a line of Java. */
final class ContractOffices {

    private static final Logger LOG = LoggerFactory.getLogger(ContractOffices.class);

    private final List<Contract> contracts;

    private ContractOffices(List<Contract> contracts) {
        this.contracts = contracts;
    }

    /** @param mappings beside whose files the contracts lie; null for none */
    static ContractOffices of(@Nullable Path mappings) {
        if (mappings == null || !Files.isDirectory(mappings)) {
            return new ContractOffices(List.of());
        }
        try {
            List<org.shuniu.fault.Fault> faults = new ArrayList<>();
            List<Contract> contracts = ContractFile.all(mappings, faults);
            faults.forEach(fault -> LOG.warn("Not simulated: {}", fault));
            return new ContractOffices(contracts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Contract> byHttp() {
        return by(EnumSet.of(ContractProtocol.REST, ContractProtocol.SOAP));
    }

    List<Contract> byQueues() {
        return by(EnumSet.of(ContractProtocol.AMQP));
    }

    List<Contract> byTables() {
        return by(EnumSet.of(ContractProtocol.TABLE));
    }

    List<Contract> byFiles() {
        return by(EnumSet.of(ContractProtocol.SFTP_CSV, ContractProtocol.FIXED_WIDTH));
    }

    private List<Contract> by(Set<ContractProtocol> protocols) {
        return contracts.stream()
                .filter(contract -> protocols.contains(contract.protocol()))
                .toList();
    }

    private static ContractDesk desk(Contract contract, Ledger ledger) {
        boolean bytes = contract.protocol() == ContractProtocol.FIXED_WIDTH;
        return new ContractDesk(
                contract, ledger, text -> bytes ? text.getBytes(ContractClerk.CHARSET).length : text.length());
    }

    static ContractSystem system(Contract contract, Ledger ledger, SecretFiles secrets, HubCallbacks callbacks) {
        ContractWire wire = contract.protocol() == ContractProtocol.SOAP
                ? new ContractSoap(contract.partner())
                : new ContractJson(contract.partner(), secrets);
        return new ContractSystem(desk(contract, ledger), wire, callbacks);
    }

    static QueueOffice queue(Contract contract, Ledger ledger, OfficeBroker broker, PartnerFaults faults) {
        return new QueueOffice(contract.partner(), broker, new ContractQueue(desk(contract, ledger), faults));
    }

    static TableOffice<ContractRow> tables(Contract contract, Ledger ledger, String frontEnds, PartnerFaults faults) {
        String name = FrontEndTables.database(contract.partner());
        return new TableOffice<>(
                contract.partner(),
                new SimulatorProperties.FrontEndDatabase(frontEnds + name, name, ""),
                new ContractTables(desk(contract, ledger)),
                faults);
    }

    static ContractClerk clerk(Contract contract, Ledger ledger) {
        return new ContractClerk(
                desk(contract, ledger),
                contract.protocol() == ContractProtocol.SFTP_CSV
                        ? new ContractCsv(contract)
                        : new ContractWidths(contract));
    }
}
