/** The operators' console: pages over the readers and acts that stand; it keeps nothing of its own but its users. */
@NullMarked
package org.shuniu.console;

import org.jspecify.annotations.NullMarked;
