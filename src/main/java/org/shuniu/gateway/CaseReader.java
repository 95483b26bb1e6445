package org.shuniu.gateway;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.controlbus.Waiting;
import org.shuniu.controlbus.WaitingReader;
import org.shuniu.crossing.Crossings;
import org.shuniu.crossing.ToldSteps;
import org.shuniu.document.CaseTimes;
import org.shuniu.joint.CasePart;
import org.shuniu.joint.JointCases;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.store.CaseFile;
import org.shuniu.store.CaseFiles;
import org.shuniu.store.Json;
import org.shuniu.store.Pools;
import org.shuniu.timelimit.TimeLimits;
import org.shuniu.vault.Vault;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads cases and messages as their sender may see them. */
final class CaseReader {

    private final JdbcTemplate sql;
    private final CaseFiles files;
    private final Catalogue catalogue;
    private final StatusNames names;
    private final Vault vault;
    private final CitizenPart citizen;
    private final WaitingReader waiting;
    private final TimeLimits limits;
    private final Crossings crossings;
    private final JointCases joint;
    private final PartnerDirectory partners;

    CaseReader(
            Pools pools,
            Catalogue catalogue,
            PartnerDirectory partners,
            Vault vault,
            WaitingReader waiting,
            TimeLimits limits) {
        this.sql = pools.console().sql();
        this.files = new CaseFiles(sql);
        this.catalogue = catalogue;
        this.names = new StatusNames(catalogue);
        this.vault = vault;
        this.citizen = new CitizenPart(sql, vault);
        this.waiting = waiting;
        this.limits = limits;
        this.crossings = new Crossings(sql);
        this.joint = new JointCases(sql, catalogue);
        this.partners = partners;
    }

    Optional<ObjectNode> caseOf(String sender, String caseNo) {
        return files.find(caseNo)
                .filter(file -> partners.handles(sender, file.sender(), file.channel()))
                .map(this::describe);
    }

    /** Adds where a case stands, its time limit and all that happened to it. */
    ObjectNode life(String caseNo, ObjectNode json) {
        files.find(caseNo).ifPresent(file -> {
            json.put("status", file.status()).set("statusName", names.of(file.status()));
            parts(file, json);
        });
        Map<String, Object> limit = limits.describe(caseNo);
        if (!limit.isEmpty()) {
            json.set("timeLimit", Json.MAPPER.valueToTree(limit));
        }
        json.set("timeline", timeline(caseNo, new ArrayList<>()));
        return json;
    }

    /** Of a case that several offices decide: how far each is. */
    private void parts(CaseFile file, ObjectNode json) {
        List<CasePart> parts = joint.parts(file.caseNo(), file.itemCode());
        if (!parts.isEmpty()) {
            ArrayNode offices = json.putArray("parts");
            parts.forEach(part -> offices.add(part.describe()));
        }
    }

    private ObjectNode describe(CaseFile file) {
        LocalDate day = LocalDate.ofInstant(file.receivedAt(), CaseTimes.SHANGHAI);
        ObjectNode json = Json.object();
        json.put("caseNo", file.caseNo());
        json.put("itemCode", file.itemCode());
        catalogue.itemOfCase(file.itemCode(), day).ifPresent(item -> json.put("itemName", item.nameZh()));
        json.put("status", file.status());
        json.set("statusName", names.of(file.status()));
        json.put("receivedAt", CaseTimes.dateTime(file.receivedAt()));
        json.put("changedAt", CaseTimes.dateTime(file.changedAt()));
        json.put("receivingCentre", file.receivingCentre());
        json.put("acceptingCentre", file.acceptingCentre());
        json.put("paperCentre", file.paperCentre());
        json.put("responsible", file.responsible());
        json.put("department", file.receiver());
        crossings.find(file.caseNo()).ifPresent(crossing -> {
            json.set("crossing", crossing.describe());
            json.set("turn", crossing.describeTurn());
        });
        parts(file, json);
        Map<String, Object> limit = limits.describe(file.caseNo());
        if (!limit.isEmpty()) {
            json.set("timeLimit", Json.MAPPER.valueToTree(limit));
        }
        List<Handover.Line> life = new ArrayList<>();
        json.set("timeline", timeline(file.caseNo(), life));
        if (file.separated()) {
            json.set("handover", handover(file, life));
        }
        citizen.of(file, reached(life)).ifPresent(part -> json.set("citizen", part));
        if (file.resultId() != null) {
            json.set("result", result(file.resultId()));
        }
        return json;
    }

    private static Set<String> reached(List<Handover.Line> life) {
        return life.stream().map(Handover.Line::status).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private ObjectNode handover(CaseFile file, List<Handover.Line> life) {
        ObjectNode handover = Handover.of(file, life);
        if (handover.path("step").asString("").equals("sent-back")) {
            sql.query(
                    "select id, body from message where case_no = ? and document = 'status' order by id desc limit 1",
                    row -> {
                        UUID id = row.getObject("id", UUID.class);
                        JsonNode said = Json.tree(vault.openOrTell(row.getBytes("body"), "message.body", id));
                        said.path("step").optional("opinion").ifPresent(reason -> handover.set("reason", reason));
                    },
                    file.caseNo());
        }
        return handover;
    }

    private ArrayNode timeline(String caseNo, List<Handover.Line> life) {
        ArrayNode timeline = Json.MAPPER.createArrayNode();
        sql.query(
                "select * from event where case_no = ? order by id",
                row -> {
                    timeline.add(step(row));
                    life.add(new Handover.Line(
                            row.getObject("at", OffsetDateTime.class).toInstant(),
                            row.getString("kind").replaceFirst("^" + ToldSteps.OF_REGION + "paper-", "paper-"),
                            row.getString("status"),
                            row.getString("detail")));
                },
                caseNo);
        return timeline;
    }

    private ObjectNode step(ResultSet row) throws SQLException {
        ObjectNode step = Json.object();
        String kind = row.getString("kind");
        boolean told = kind.startsWith(ToldSteps.OF_REGION);
        String status = kind.equals(ToldSteps.OF_REGION + "status") ? row.getString("detail") : row.getString("status");
        step.put(
                "at",
                CaseTimes.dateTime(row.getObject("at", OffsetDateTime.class).toInstant()));
        step.put("event", kind);
        if (status != null) {
            step.put("status", status);
        }
        if (row.getString("partner") != null) {
            step.put("partner", row.getString("partner"));
        }
        if (told || status != null && isRegion(row.getString("partner"))) {
            step.put("origin", row.getString("partner"));
        }
        if (row.getString("message_id") != null) {
            step.put("messageId", row.getString("message_id"));
        }
        step.set("text", status == null ? StepTexts.of(kind, row.getString("partner")) : names.of(status));
        return step;
    }

    private boolean isRegion(String partner) {
        return partners.find(partner).filter(Partner::isRegion).isPresent();
    }

    private JsonNode result(UUID id) {
        byte[] sealed = sql.queryForObject("select body from message where id = ?", byte[].class, id);
        JsonNode document = Json.tree(vault.openOrTell(sealed, "message.body", id));
        ObjectNode result = Json.object();
        List.of("status", "resultTime", "departmentCaseNo", "outcome", "reason", "erased")
                .forEach(field -> document.optional(field).ifPresent(value -> result.set(field, value)));
        return result;
    }

    Optional<ObjectNode> messageOf(String sender, UUID id) {
        return sql
                .query(
                        """
                        select m.*, c.sender from message m left join case_file c on c.case_no = m.case_no where m.id = ?
                        """,
                        (row, number) ->
                                row.getString("partner").equals(sender) || sender.equals(row.getString("sender"))
                                        ? describe(row, id)
                                        : null,
                        id)
                .stream()
                .filter(Objects::nonNull)
                .findFirst();
    }

    private ObjectNode describe(ResultSet row, UUID id) throws SQLException {
        ObjectNode json = Json.object();
        json.put("messageId", id.toString());
        json.put("document", row.getString("document"));
        json.put("caseNo", row.getString("case_no"));
        json.put(
                "acceptedAt",
                CaseTimes.dateTime(
                        row.getObject("accepted_at", OffsetDateTime.class).toInstant()));
        json.put("digest", "sha256:" + HexFormat.of().formatHex(row.getBytes("digest")));
        json.put("sender", row.getString("partner"));
        translation(row.getObject("translation", Integer.class)).ifPresent(by -> json.set("translation", by));
        Map<String, Waiting> pending =
                waiting.ofMessage(id).stream().collect(Collectors.toMap(Waiting::deliveryId, Function.identity()));
        ArrayNode deliveries = json.putArray("deliveries");
        sql.query(
                "select * from delivery where message_id = ? order by id",
                delivery -> {
                    deliveries.add(delivery(delivery, pending.get(delivery.getString("id"))));
                },
                id);
        return json;
    }

    private ObjectNode delivery(ResultSet row, Waiting waits) throws SQLException {
        ObjectNode json = Json.object();
        json.put("deliveryId", row.getString("id"));
        json.put("receiver", row.getString("receiver"));
        json.put("state", row.getString("state"));
        json.put("attempt", row.getInt("attempt"));
        if (waits != null) {
            put(json, "dueAt", row.getObject("due_at", OffsetDateTime.class));
            json.put("waitsFor", waits.kind());
            put(json, "nextAttempt", waits.waitsFor().nextAttempt());
            json.putObject("nextAttemptText")
                    .put("zh", waits.waitsFor().text().zh())
                    .put("en", waits.waitsFor().text().en());
        }
        put(json, "settledAt", row.getObject("settled_at", OffsetDateTime.class));
        if (row.getString("reason") != null) {
            json.put("reason", row.getString("reason"));
        }
        if (row.getString("fault") != null) {
            json.put("fault", row.getString("fault"));
        }
        translation(row.getObject("translation", Integer.class)).ifPresent(by -> json.set("translation", by));
        return json;
    }

    /** By which mapping, tables and catalogue it was translated. */
    private Optional<ObjectNode> translation(Integer id) {
        return id == null
                ? Optional.empty()
                : sql
                        .query(
                                "select * from translation where id = ?",
                                (row, number) -> {
                                    ObjectNode by = Json.object()
                                            .put("versions", row.getString("digest"))
                                            .put("mapping", row.getString("partner") + "/" + row.getString("mapping"))
                                            .put("mappingVersion", row.getString("mapping_version"))
                                            .put("catalogueVersion", row.getString("catalogue_version"))
                                            .put("since", row.getString("since"));
                                    ObjectNode tables = by.putObject("tables");
                                    Stream.of(row.getString("tables").split(" "))
                                            .filter(table -> table.contains("="))
                                            .map(table -> table.split("=", 2))
                                            .forEach(table -> tables.put(table[0], table[1]));
                                    return by;
                                },
                                id)
                        .stream()
                        .findFirst();
    }

    private static void put(ObjectNode json, String name, OffsetDateTime time) {
        if (time != null) {
            json.put(name, CaseTimes.dateTime(time.toInstant()));
        }
    }
}
