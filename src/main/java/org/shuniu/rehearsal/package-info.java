/** What a changed mapping would change: on messages that are recorded, and silently beside the one in force on those that come. */
package org.shuniu.rehearsal;
