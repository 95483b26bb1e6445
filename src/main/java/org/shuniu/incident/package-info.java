/** Incidents instead of alarms: what is wrong for long enough is one row from its opening to its all-clear. */
@NullMarked
package org.shuniu.incident;

import org.jspecify.annotations.NullMarked;
