package org.shuniu.simulator;

import java.util.Optional;

/** A simulated partner that is reached by HTTP. */
interface PartnerSystem {

    /** What is answered before any work: a token, a wrong address, a wrong credential. */
    Optional<HttpReply> doorkeeper(HttpCall call);

    /** Works the call and writes the ledger; a result can be late or doubled by the fault. */
    HttpReply work(HttpCall call, Fault fault);

    /** The answer of a system in trouble, which has not worked the call. */
    HttpReply error();

    /** An answer that says it is what the partner always sends, and is not; the call was not worked. */
    HttpReply garbage();
}
