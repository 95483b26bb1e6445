package org.shuniu.scenario;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.shuniu.store.Pools;
import org.shuniu.store.StoredMessage;
import org.shuniu.store.TimeOrderedId;
import org.shuniu.vault.Vault;

/** Cases of a hub that wait for a person. */
final class ParkedCases {

    private ParkedCases() {}

    /** A case whose message is parked at a department that answered nothing but garbage and is well again. */
    static String stuck(RunningHub hub) {
        hub.fault("economy", "garbage");
        try {
            String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> hub.operatorSees("/parked").toString().contains(caseNo));
            return caseNo;
        } finally {
            hub.fault("economy", "none");
        }
    }

    /** A case whose application the department never got, parked as if for its sake; it would not grant it. */
    static String unsent(RunningHub hub) {
        hub.fault("economy", "none");
        hub.operate("/partners/economy/pause", "{\"reason\":\"to park\"}");
        String caseNo = hub.caseOf(Applications.online(Applications.ECONOMY, "REFUSE"));
        hub.sql().update("""
                update delivery set state = 'parked', settled_at = now(), reason = 'a remark that it does not take',
                    fault = 'receiver' where case_no = ? and receiver = 'economy'
                """, caseNo);
        hub.operate("/partners/economy/resume", "{}");
        return caseNo;
    }

    /**
     * So many cases like one that came in, each with its own message, parked before anybody sent them.
     *
     * @param named what their numbers begin with
     */
    static void alike(RunningHub hub, String named, String reason, int many) {
        String like = unsent(hub);
        Vault vault = hub.bean(Vault.class);
        Pools.Door door = hub.bean(Pools.class).intake();
        byte[] body = Applications.online(Applications.ECONOMY).getBytes(StandardCharsets.UTF_8);
        List<Object[]> cases = new ArrayList<>();
        List<Object[]> messages = new ArrayList<>();
        List<Object[]> deliveries = new ArrayList<>();
        List<Object[]> lanes = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            String caseNo = named + "%05d".formatted(i);
            UUID message = TimeOrderedId.next();
            cases.add(new Object[] {caseNo, message, like});
            messages.add(new Object[] {
                message, caseNo, vault.seal(body, "message.body", message), StoredMessage.digestOf(body), like
            });
            deliveries.add(new Object[] {TimeOrderedId.next(), message, caseNo, reason, like});
            lanes.add(new Object[] {caseNo});
        }
        door.transaction().executeWithoutResult(status -> {
            door.sql().batchUpdate("""
                    insert into case_file (case_no, sender, item_code, receiver, channel, status, responsible, application_id,
                        applicant_index, received_at, changed_at)
                    select ?, sender, item_code, receiver, channel, status, responsible, ?, applicant_index, now(), now()
                    from case_file where case_no = ?
                    """, cases);
            door.sql().batchUpdate("""
                    insert into message (id, partner, document, case_no, body, digest, accepted_at)
                    select ?, partner, document, ?, ?, ?, now() from message where case_no = ? and document = 'application'
                    """, messages);
            door.sql().batchUpdate("""
                    insert into delivery (id, message_id, document, case_no, receiver, queue, state, lane_no, due_at, reason,
                        fault, created_at, settled_at)
                    select ?, ?, document, ?, receiver, queue, 'parked', 1, now(), ?, 'receiver', now(), now()
                    from delivery where case_no = ? and receiver = 'economy'
                    """, deliveries);
            door.sql()
                    .batchUpdate(
                            "insert into lane (case_no, receiver, next_no, lowest_open) values (?, 'economy', 2, 1)",
                            lanes);
        });
    }
}
