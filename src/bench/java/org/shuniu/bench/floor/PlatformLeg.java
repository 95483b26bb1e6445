package org.shuniu.bench.floor;

import java.sql.SQLException;
import java.util.List;

/** Posts the result to the platform, which ends the life. */
final class PlatformLeg implements Leg {

    private final FloorStore store;

    PlatformLeg(FloorStore store) {
        this.store = store;
    }

    @Override
    public String path() {
        return "/acceptance-platform/events";
    }

    @Override
    public byte[] request(Parcel parcel) {
        return parcel.body();
    }

    @Override
    public List<Parcel> settle(List<Answered> batch) throws SQLException {
        for (Answered answered : batch) {
            store.settled(answered.parcel(), answered.answer());
            store.event(answered.parcel(), "delivered");
        }
        store.commit();
        return List.of();
    }

    @Override
    public String next() {
        return null;
    }
}
