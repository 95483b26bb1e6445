/** Content Enricher: completes documents on their way with what another partner gives for each of them. */
package org.shuniu.enrichment;
