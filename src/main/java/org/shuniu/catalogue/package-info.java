/** What the city offers and where: items, departments, centres, divisions and code tables, each with its dates. */
package org.shuniu.catalogue;
