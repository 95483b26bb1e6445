package org.shuniu.conformance;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.document.CaseTimes;
import org.shuniu.mapping.UsualDocuments;
import tools.jackson.databind.node.ObjectNode;

/** Cases of people who do not exist, under numbers that no hub gives: their day is long past. */
final class MadeUpCases {

    private static final String APPLICATION = "application";
    private static final String ID_TYPE = ".idType";
    private static final String ID_NUMBER = ".idNumber";
    private static final String DAY = "3119990101";
    private static final String CASE_NO = DAY + "%09d";
    private static final int SERIALS = 1_000_000_000;
    private static final Pattern NAMED = Pattern.compile("(?<![0-9])%s[0-9]{9}(?![0-9])".formatted(DAY));
    /** Kinds of documents of GA/T 2000.156 that bear a citizen's number, which has a check digit. */
    private static final Set<String> OF_CITIZENS = Set.of("111", "112", "113");

    private static final String CITIZEN = "11010519491231002X";
    private static final String PASSPORT = "E12345678";

    private final Contract contract;
    private final UsualDocuments usual;
    private final AtomicInteger serial = new AtomicInteger(new SecureRandom().nextInt(SERIALS));

    MadeUpCases(Contract contract, UsualDocuments usual) {
        this.contract = contract;
        this.usual = usual;
    }

    /** Whether a case bears such a number. */
    static boolean isOne(String caseNo) {
        return caseNo.startsWith(DAY);
    }

    /** Whether a text names one, whatever else stands in it. */
    static boolean areNamedIn(String text) {
        return NAMED.matcher(text).find();
    }

    /** A new case of the first item. */
    Message application() {
        return application(contract.items().get(0).code());
    }

    /** A new case. */
    Message application(String item) {
        String caseNo = CASE_NO.formatted(Math.floorMod(serial.getAndIncrement(), SERIALS));
        return message(APPLICATION, caseNo, item);
    }

    /** What comes after an application, about its case. */
    Message following(String document, Message application) {
        return message(document, application.caseNo(), application.item());
    }

    /** The same with a code, and with a number that may stand beside it. */
    Message coded(Message message, ContractField field, String code) {
        Message coded = message.with(field.source(), code);
        if (!field.source().endsWith(ID_TYPE)) {
            return coded;
        }
        String number = field.source().replace(ID_TYPE, ID_NUMBER);
        return coded.with(number, OF_CITIZENS.contains(code) ? CITIZEN : PASSPORT);
    }

    /** Whether any text may stand in a field, and not only codes, numbers or times. */
    boolean isProse(String document, ContractField field) {
        return field.codes().isEmpty()
                && field.date().isEmpty()
                && !field.isPapers()
                && usual.isProse(document, field.source());
    }

    private Message message(String document, String caseNo, String item) {
        UUID id = UUID.randomUUID();
        Message message = new Message(document, id, caseNo, item, envelope(document, id, caseNo, item));
        for (ContractField field : contract.of(document)) {
            if (field.codes().isPresent()) {
                String code = contract.codes().get(field.codes().get()).get(0).hub();
                message = coded(message, field, code);
            }
        }
        return message;
    }

    private ObjectNode envelope(String document, UUID id, String caseNo, String item) {
        ObjectNode envelope = usual.of(document, item);
        envelope.withObject("message").put("id", id.toString()).put("acceptedAt", CaseTimes.dateTime(Instant.now()));
        envelope.withObject("delivery").put("id", UUID.randomUUID().toString());
        ObjectNode of = envelope.withObject("case")
                .put("caseNo", caseNo)
                .put("status", "30")
                .put("receivedAt", CaseTimes.dateTime(Instant.now()));
        known().forEach(of::put);
        ObjectNode content = envelope.withObject("document");
        String now = CaseTimes.write(OffsetDateTime.now());
        Set.of("applicationTime", "supplementTime", "withdrawalTime").stream()
                .filter(content::has)
                .forEach(time -> content.put(time, now));
        if (document.equals(APPLICATION)) {
            content.put("itemCode", item);
        }
        return envelope;
    }

    private Map<String, String> known() {
        Map<String, String> known = new LinkedHashMap<>();
        known.put("department", contract.code());
        known.put("departmentName", contract.name().zh());
        known.put("departmentOffice", contract.office());
        known.put("responsible", contract.code());
        known.put("receivingCentre", "31010100201");
        known.put("receivingCentreName", "示例中心");
        known.put("paperCentre", "31010100201");
        return known;
    }
}
