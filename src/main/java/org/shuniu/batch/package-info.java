/** Batch files: rows gathered for a partner until a file takes them along, and files of rows that came from one. */
package org.shuniu.batch;
