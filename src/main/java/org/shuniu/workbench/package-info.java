/** Where a mapping is tried while it is written: on an example or on stand-ins of a message, until it becomes a proposal for others. */
package org.shuniu.workbench;
