/** What a database needs after a backup was restored into it, before a hub starts on it. */
package org.shuniu.restoration;
