package org.shuniu.mapping;

import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** One row of a mapping: what is written where. */
interface MappingRow {

    /** Where it stands in its file, such as {@code rows[3].rows[0]} with numbers from 0. */
    String at();

    /** Where it writes. */
    TreePath target();

    /** Writes into the target, or nothing where the row does not apply. */
    void write(Source source, ObjectNode target);

    /** The same by other code tables of the same names. */
    MappingRow by(Map<String, LocalCodes> tables);

    /** The names of the fields that it may write. */
    Stream<String> names();
}
