/** Recovery plans: parked deliveries by filter go out again, after a preview and a second person's approval, throttled. */
package org.shuniu.recovery;
