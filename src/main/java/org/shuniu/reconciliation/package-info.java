/** Compares each day what partners count with what the hub has on record, names what does not agree, and gets it back. */
package org.shuniu.reconciliation;
