package org.shuniu.simulator;

/** A simulated partner that is called over HTTP. */
interface HttpPartner {

    /** Does the work and answers; of the faults it sees only those that concern results. */
    Answer answer(Request request, Fault fault);

    /** How this partner says that it can't work now. */
    Answer error();

    /** Bytes of this partner's content type that mean nothing. */
    Answer garbage();
}
