/** Reports: sums of cases by day and month, department, item, centre and province, counted from the evidence and never from cases. */
@NullMarked
package org.shuniu.report;

import org.jspecify.annotations.NullMarked;
