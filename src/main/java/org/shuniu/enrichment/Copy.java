package org.shuniu.enrichment;

import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a certificate that a document names, for the document's receiver.
 *
 * @param material its place in the document's materials
 * @param state {@code ready}, {@code refused} or {@code paper}
 * @param reason why there is no copy, or null
 * @param copy the derived copy, or null
 */
public record Copy(int material, String state, String reason, ObjectNode copy) {}
