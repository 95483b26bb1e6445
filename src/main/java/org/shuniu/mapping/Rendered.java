package org.shuniu.mapping;

/** A document in a partner's own format. */
public record Rendered(byte[] body, String mediaType) {}
