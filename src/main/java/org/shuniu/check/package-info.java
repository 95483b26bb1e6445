/** Checks all that people write for a hub, without a hub: routes, partners, mappings with their examples, code tables. */
package org.shuniu.check;
