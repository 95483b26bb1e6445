/**
 * Hot swap: what people write for a hub is checked as a whole, tried without effect, and taken up by hubs that run; each version
 * of it is kept, and any can come back.
 */
@NullMarked
package org.shuniu.swap;

import org.jspecify.annotations.NullMarked;
