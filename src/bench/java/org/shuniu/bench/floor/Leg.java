package org.shuniu.bench.floor;

import java.sql.SQLException;
import java.util.List;

/** One leg of the way: where a parcel is posted, and what is recorded and sent on when all of a batch are answered. */
interface Leg {

    /** A parcel with what the receiver answered. */
    record Answered(Parcel parcel, byte[] answer) {}

    String path();

    byte[] request(Parcel parcel);

    /** Commits what the batch came to; returns what travels on. */
    List<Parcel> settle(List<Answered> batch) throws SQLException;

    /** The queue that takes what travels on, or null. */
    String next();
}
