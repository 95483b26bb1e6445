/** Time-stamps by an authority (RFC 3161): what is asked, whether an answer counts, and what of many lines one stamp proves. */
package org.shuniu.timestamp;
