/** Statutory time limits: the working days that each item promises, on the city's calendar, and what stops their clock. */
@NullMarked
package org.shuniu.timelimit;

import org.jspecify.annotations.NullMarked;
