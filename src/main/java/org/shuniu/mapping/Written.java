package org.shuniu.mapping;

import tools.jackson.databind.node.ObjectNode;

/** A document for a partner: field by field, and as the bytes that the partner's format makes of these. */
public record Written(ObjectNode fields, byte[] body) {}
