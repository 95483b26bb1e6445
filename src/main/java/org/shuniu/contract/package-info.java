/** What is agreed with a department, on one page of YAML from which the rest of a partner is made. */
package org.shuniu.contract;
