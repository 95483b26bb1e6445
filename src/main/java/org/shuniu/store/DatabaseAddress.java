package org.shuniu.store;

/** Where the hub's own PostgreSQL is. */
public record DatabaseAddress(String url, String username, String password) {}
