/** Spoilt messages and files against whatever reads at an entry of the hub: it says no in the words that it has for that, or it is wrong. */
package org.shuniu.fuzz;
