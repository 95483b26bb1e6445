/** Which mapping and which tables translate a message: each combination has a number, and its messages carry it for ever. */
package org.shuniu.versions;
