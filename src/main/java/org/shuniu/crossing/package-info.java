/** Cases that two regions share (跨省通办): one timeline on both sides, and whose turn it is. */
@NullMarked
package org.shuniu.crossing;

import org.jspecify.annotations.NullMarked;
