package org.shuniu.bench.floor;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Posts the application to the department; its answer is the result, accepted as a message of its own. */
final class DepartmentLeg implements Leg {

    private static final byte[] TAIL = "}".getBytes(StandardCharsets.UTF_8);

    private final FloorStore store;
    private final String next;

    DepartmentLeg(FloorStore store, String next) {
        this.store = store;
        this.next = next;
    }

    @Override
    public String path() {
        return "/economy/api/v1/applications";
    }

    @Override
    public byte[] request(Parcel parcel) {
        return Bytes.join(
                "{\"requestId\":\"%s\",\"applyNo\":\"%s\",\"document\":".formatted(parcel.messageId(), parcel.caseNo()),
                parcel.body(),
                TAIL);
    }

    @Override
    public List<Parcel> settle(List<Answered> batch) throws SQLException {
        List<Parcel> results = new ArrayList<>(batch.size());
        for (Answered answered : batch) {
            Parcel result = result(answered);
            store.settled(answered.parcel(), answered.answer());
            store.event(answered.parcel(), "delivered");
            store.key("economy", "delivery:" + answered.parcel().deliveryId(), result.messageId(), new byte[0]);
            store.message(result, "result");
            store.delivery(result, "acceptance-platform");
            store.event(result, "returned");
            results.add(result);
        }
        store.commit();
        return results;
    }

    private static Parcel result(Answered answered) {
        UUID id = Ids.next();
        String caseNo = answered.parcel().caseNo();
        String head = "{\"messageId\":\"%s\",\"event\":\"result\",\"caseNo\":\"%s\",\"answer\":".formatted(id, caseNo);
        return new Parcel(Ids.next(), id, caseNo, Bytes.join(head, answered.answer(), TAIL));
    }

    @Override
    public String next() {
        return next;
    }
}
