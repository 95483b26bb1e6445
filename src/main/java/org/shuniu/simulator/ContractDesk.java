package org.shuniu.simulator;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;

/** Whoever works by a contract: holds what comes against what was agreed, and works it once, whatever brought it. */
final class ContractDesk {

    static final Map<String, Effect> EFFECTS = Map.of(
            "application", Effect.APPLICATION,
            "supplement", Effect.SUPPLEMENT,
            "withdrawal", Effect.WITHDRAWAL);

    private final Contract contract;
    private final Ledger ledger;
    private final ToIntFunction<String> length;

    /** @param length of a text, as the contract counts it */
    ContractDesk(Contract contract, Ledger ledger, ToIntFunction<String> length) {
        this.contract = contract;
        this.ledger = ledger;
        this.length = length;
    }

    Contract contract() {
        return contract;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The first thing that is not as agreed. */
    Optional<String> wrong(String document, UnaryOperator<String> values) {
        return contract.of(document).stream()
                .flatMap(field -> wrong(field, values.apply(field.name())).stream())
                .findFirst();
    }

    private Optional<String> wrong(ContractField field, String value) {
        if (value.isBlank()) {
            return field.required() ? Optional.of("缺少" + field.label()) : Optional.empty();
        }
        if (!field.isPapers() && length.applyAsInt(value) > field.most()) {
            return Optional.of(field.label() + "过长");
        }
        return field.codes()
                .filter(table -> !contract.locals(table).contains(value))
                .map(table -> field.label() + "无效");
    }

    String messageId(String document, UnaryOperator<String> values) {
        return value(document, values, ContractField::isMessageId);
    }

    String caseNo(String document, UnaryOperator<String> values) {
        return value(document, values, ContractField::isCaseNo);
    }

    private String value(String document, UnaryOperator<String> values, Predicate<ContractField> which) {
        return contract.of(document).stream()
                .filter(which)
                .findFirst()
                .map(field -> values.apply(field.name()))
                .orElse("");
    }

    /** Applications are refused by a word that the applicant writes. */
    LedgerEntry work(String document, UnaryOperator<String> values, Fault fault) {
        List<ContractField> fields = contract.of(document);
        boolean refuses =
                fields.stream().anyMatch(field -> values.apply(field.name()).contains("REFUSE"));
        return ledger.once(
                messageId(document, values), caseNo(document, values), EFFECTS.get(document), refuses, fault);
    }

    /** What it says of a message that is not as agreed. */
    Map<String, String> notUnderstood(String messageId, String caseNo, String why) {
        Map<String, String> said = said(messageId, caseNo, "INVALID", CityTime.now());
        said.put("text", why);
        return said;
    }

    Map<String, String> inWork(LedgerEntry entry, OffsetDateTime at) {
        return said(entry.messageId(), entry.caseNo(), contract.receipts().inWork(), at);
    }

    /** What it says of a case that it has decided, with its own number for the matter and that of the certificate. */
    Map<String, String> decided(LedgerEntry entry, OffsetDateTime at) {
        Contract.Receipts words = contract.receipts();
        Map<String, String> said =
                said(entry.messageId(), entry.caseNo(), entry.refused() ? words.refused() : words.done(), at);
        said.put("text", entry.refused() ? "不符合条件" : "符合条件，准予办理");
        said.put("officeNo", Fingerprint.of(contract.code() + "-", entry.messageId(), 12));
        if (!entry.refused()) {
            said.put("certificateName", "办理结果通知书");
            said.put("certificateNo", Fingerprint.of(contract.code() + "-C-", entry.messageId(), 12));
        }
        return said;
    }

    private static Map<String, String> said(String messageId, String caseNo, String state, OffsetDateTime at) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("requestNo", messageId);
        said.put("caseNo", caseNo);
        said.put("state", state);
        said.put("stateTime", at.format(CityTime.SPACED));
        said.put("handler", "经办一");
        return said;
    }
}
