/** What is wrong in files that people write: where it is, why, and what would mend it. */
package org.shuniu.fault;
