/** The hub's own documents: reading them safely, their schemas, what must be true beyond the schema, and the states of a case. */
package org.shuniu.document;
