/** Business receipts: the sender of a case hears once that something is stuck, and once when that is over. */
package org.shuniu.notice;
