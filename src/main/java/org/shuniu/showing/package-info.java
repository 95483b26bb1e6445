/** 亮证: a citizen shows a certificate at a counter by a code that is good once. */
package org.shuniu.showing;
