/** Retention: bodies of cases that are over are erased, month by month, by destroying the secret that they are sealed under. */
@NullMarked
package org.shuniu.retention;

import org.jspecify.annotations.NullMarked;
