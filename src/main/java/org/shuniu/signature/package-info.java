/**
 * HTTP Message Signatures (RFC 9421) over Digest Fields (RFC 9530), with national cryptography; it knows no partner and no
 * transport.
 */
package org.shuniu.signature;
