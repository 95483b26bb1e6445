/** What the developers of a department's own system get, made from its contract: schemas, samples and a page that explains them. */
@NullMarked
package org.shuniu.handout;

import org.jspecify.annotations.NullMarked;
