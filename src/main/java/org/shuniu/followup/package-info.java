/** Follow-ups: what the hub asks of other partners by itself, by the catalogue's {@code follow-ups.csv}. */
package org.shuniu.followup;
