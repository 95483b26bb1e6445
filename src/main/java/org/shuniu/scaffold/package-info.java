/** Makes the files of a new partner from its contract: routes, mappings, code tables, examples, and its rows of the catalogue. */
package org.shuniu.scaffold;
