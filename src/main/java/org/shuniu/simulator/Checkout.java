package org.shuniu.simulator;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The payment service's page, to which a channel leads its citizen. */
interface Checkout {

    /** The orders of this case are paid on the page, and not by the citizen's bank by itself. */
    void expect(String caseNo);

    /** Pays the open order of a case; nothing where there is none yet. A paid one is not paid again. */
    Optional<ObjectNode> pay(String caseNo);
}
