package org.shuniu.versions;

/**
 * One combination of a mapping with the tables that it uses, as they stood when it translated.
 *
 * @param id by which messages and deliveries name it
 * @param digest by which evidence names it: the first 12 hex digits of a SHA-256 over all its versions
 */
public record Translation(int id, String digest) {}
