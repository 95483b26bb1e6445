/** Holds an office's test system against its contract, and keeps the record that it passed. */
package org.shuniu.conformance;
