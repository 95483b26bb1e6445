package org.shuniu.mapping;

import java.util.List;

/**
 * What leaves towards a partner.
 *
 * @param name what the standard calls the field; empty for what the hub puts round documents and for fields of items
 * @param documents the kinds of document that carry it
 * @param allowed what it is, for which items and on what basis; its field is one place
 */
public record LeavingField(String partner, String name, List<String> documents, AllowedField allowed) {}
