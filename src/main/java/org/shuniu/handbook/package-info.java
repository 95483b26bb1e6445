/** The project's own documents as the hub shows them. */
@NullMarked
package org.shuniu.handbook;

import org.jspecify.annotations.NullMarked;
