package org.shuniu.gateway;

import java.util.Map;
import org.shuniu.document.CaseTimes;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads which cases two centres share, as one of them sees them (收受分离). */
final class CentreReader {

    private static final String CASES = """
            select * from case_file where %s = ? and accepting_centre <> receiving_centre and sender = ? and case_no < ?
            order by case_no desc limit ?
            """;

    /** What a centre may be to a case, and where that stands. */
    static final Map<String, String> ROLES =
            Map.of("home", "accepting_centre", "receiving", "receiving_centre", "paper", "paper_centre");

    private final JdbcTemplate sql;
    private final StatusNames names;

    CentreReader(Pools pools, StatusNames names) {
        this.sql = pools.console().sql();
        this.names = names;
    }

    /** @param before only cases with a lower number; the newest come first */
    ArrayNode cases(String sender, String centre, String role, String before, int limit) {
        ArrayNode cases = Json.MAPPER.createArrayNode();
        sql.query(CASES.formatted(ROLES.get(role)), CaseFiles::read, centre, sender, before, limit)
                .forEach(file -> cases.add(line(file, centre)));
        return cases;
    }

    private ObjectNode line(CaseFile file, String centre) {
        ObjectNode line = Json.object()
                .put("caseNo", file.caseNo())
                .put("itemCode", file.itemCode())
                .put("status", file.status());
        line.set("statusName", names.of(file.status()));
        line.put("receivingCentre", file.receivingCentre())
                .put("homeCentre", file.acceptingCentre())
                .put("responsible", file.responsible())
                .put(
                        "receivedAt",
                        file.receivedAt()
                                .atZone(CaseTimes.SHANGHAI)
                                .toOffsetDateTime()
                                .toString())
                .put(
                        "changedAt",
                        file.changedAt()
                                .atZone(CaseTimes.SHANGHAI)
                                .toOffsetDateTime()
                                .toString())
                .put("waitsFor", waitsFor(file, centre));
        line.putObject("paper").put("place", Handover.place(file)).put("centre", file.paperCentre());
        return line;
    }

    /** What this centre has to do now, or null. */
    private static String waitsFor(CaseFile file, String centre) {
        boolean home = centre.equals(file.acceptingCentre());
        boolean receiving = centre.equals(file.receivingCentre());
        if (home && file.status().equals("21")) {
            return "decision";
        }
        if (receiving && file.status().equals("20")) {
            return "correction";
        }
        return home && file.paperCentre() == null ? "paper" : null;
    }
}
