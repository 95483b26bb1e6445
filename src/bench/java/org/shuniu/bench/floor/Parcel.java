package org.shuniu.bench.floor;

import java.util.UUID;

/** What travels: one message to one receiver. */
record Parcel(UUID deliveryId, UUID messageId, String caseNo, byte[] body) {}
