package org.shuniu;

import org.shuniu.store.Pools;

/** Asks what would keep a production hub from starting on a database. */
public final class StoreStart {

    private StoreStart() {}

    /** @return what it says, or nothing where it would start */
    public static String refusal(Pools pools) {
        try {
            new StoreConfiguration().durableCommits(pools).afterSingletonsInstantiated();
            return "";
        } catch (ProductionSettings.Refused refused) {
            return refused.getMessage();
        }
    }
}
