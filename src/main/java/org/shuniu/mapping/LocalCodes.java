package org.shuniu.mapping;

import java.util.Map;
import java.util.Optional;

/** A table of codes between the hub and one partner, from {@code codes/<name>.csv}. */
record LocalCodes(String name, Map<String, String> out, Map<String, String> in) {

    Optional<String> local(String hub) {
        return Optional.ofNullable(out.get(hub));
    }

    Optional<String> hub(String local) {
        return Optional.ofNullable(in.get(local));
    }
}
