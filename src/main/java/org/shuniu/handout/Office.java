package org.shuniu.handout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;
import org.shuniu.contract.Contract.Name;
import org.shuniu.contract.Contract.Results;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.fault.StrictYaml;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.Partner;
import tools.jackson.databind.JsonNode;

/**
 * All that the hub's folders say of one office.
 *
 * @param profile its {@code partner.yaml} as it stands there, settings not filled in
 * @param messages what it gets, in the order of a case's life; {@code query} last
 * @param states what the hub calls each state of a case
 * @param version of the contract: changes with its text
 */
record Office(
        Path folder,
        Contract contract,
        Partner partner,
        JsonNode profile,
        Mappings mappings,
        List<Outgoing> messages,
        Answers answers,
        Map<String, Name> states,
        String version) {

    private static final String QUERY = "query";

    /** Reads it. */
    static Office read(Folders folders, Contract contract, Partner partner, Mappings mappings) throws IOException {
        Path folder = folders.mappings().resolve(contract.partner());
        CodeLists codes = CodeLists.read(folder.resolve("codes"), contract, Examples.DAY);
        Places places = new Places(mappings);
        Members members = new Members(contract, codes, places);
        List<Outgoing> messages = new ArrayList<>();
        for (String document : documents(contract, mappings)) {
            messages.add(members.of(document, tree(folder.resolve(document + ".out.yaml"))));
        }
        AnswerReader answers = new AnswerReader(
                tree(folder.resolve("result.in.yaml")), prefix(contract), codes, places, mappings::canonical);
        return new Office(
                folder,
                contract,
                partner,
                tree(folders.routes().resolve(contract.partner()).resolve("partner.yaml")),
                mappings,
                List.copyOf(messages),
                answers.read(),
                CodeLists.states(folders.mappings()),
                Digest.of(Files.readAllBytes(folder.resolve(ContractFile.NAME))).substring(0, Digest.SHORT));
    }

    private static List<String> documents(Contract contract, Mappings mappings) {
        return Stream.concat(Contract.DOCUMENTS.stream(), Stream.of(QUERY))
                .filter(mappings.outgoing(contract.partner())::contains)
                .toList();
    }

    private static JsonNode tree(Path file) throws IOException {
        return StrictYaml.read(Files.readString(file));
    }

    /** A queue's message has its properties beside its content, and a row its table. */
    private static String prefix(Contract contract) {
        return switch (contract.protocol()) {
            case AMQP -> Answers.OWN + "content.";
            case TABLE -> AnswerReader.ROW;
            case REST, SOAP, SFTP_CSV, FIXED_WIDTH -> Answers.OWN;
        };
    }

    Outgoing message(String document) {
        return messages.stream()
                .filter(message -> message.document().equals(document))
                .findFirst()
                .orElseThrow();
    }

    /** Whether it calls the hub by itself. */
    boolean calls() {
        return contract.results() == Results.CALLBACK;
    }

    /** Whether its answers are those to calls. */
    boolean isCalled() {
        return contract.protocol() == ContractProtocol.REST || contract.protocol() == ContractProtocol.SOAP;
    }

    /** On which occasions it says something. */
    List<Occasion> occasions() {
        List<Occasion> occasions = new ArrayList<>();
        if (isCalled()) {
            messages.forEach(message -> occasions.add(Occasion.of(message.document())));
        }
        if (calls() || !isCalled()) {
            occasions.add(Occasion.BY_ITSELF);
        }
        return occasions;
    }

    /** The field in which it finds the message id. */
    String messageIdField(String document) {
        return contract.of(document).stream()
                .filter(ContractField::isMessageId)
                .findFirst()
                .map(ContractField::name)
                .orElse("");
    }
}
