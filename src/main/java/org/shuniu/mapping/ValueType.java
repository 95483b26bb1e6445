package org.shuniu.mapping;

/** What a value becomes in the target. */
enum ValueType {
    /** As it was found. */
    SAME,
    TEXT,
    NUMBER,
    BOOLEAN
}
