package org.shuniu.batch;

import java.util.UUID;

/**
 * Where the document of a delivery stands in a batch.
 *
 * @param line from 1, without the frame's lines
 */
public record BatchRow(UUID deliveryId, String caseNo, int line) {}
