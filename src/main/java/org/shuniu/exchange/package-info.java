/** The exchange of cases with other regions' hubs (CHX/1). */
package org.shuniu.exchange;
