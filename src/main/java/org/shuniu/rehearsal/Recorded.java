package org.shuniu.rehearsal;

import java.util.Set;
import org.shuniu.mapping.Mappings;

/** A message as it lay before its translation, which can be translated any number of times. */
interface Recorded {

    /** By which it is translated, such as {@code application.out}. */
    String mapping();

    /** By which people find it; it is shown. */
    String id();

    /** Whether the value of a field of what is made of it says nothing of anybody. */
    default boolean isOpen(String field) {
        return false;
    }

    /** What stands in it where these mappings, which are in force, translate by a code table. */
    default Set<String> codes(Mappings inForce) {
        return Set.of();
    }

    /**
     * What these mappings make of it.
     *
     * @throws org.shuniu.mapping.MappingFailed when they can't write it
     * @throws org.shuniu.mapping.AnswerGarbled when they can't read it
     * @throws org.shuniu.codec.Garbled when it is not in its format
     */
    Translated by(Mappings mappings);
}
