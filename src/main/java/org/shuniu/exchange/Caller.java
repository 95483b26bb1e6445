package org.shuniu.exchange;

import org.shuniu.partner.ExchangeProfile;
import org.shuniu.signature.MessageVerifier;

/**
 * The region that called, as certificate and signature show it.
 *
 * @param certificate the client certificate, in DER
 */
record Caller(String partner, ExchangeProfile profile, MessageVerifier.Verified signature, byte[] certificate) {

    /** Where a request carries it, once it is known. */
    static final String ATTRIBUTE = Caller.class.getName();
}
