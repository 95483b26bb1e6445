package org.shuniu.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;

/** The folder of the catalogue, and the list that faults in it go to. */
record CatalogueFiles(Path folder, List<Fault> faults) {

    List<Row> read(String file, String... columns) {
        List<String> dated = Stream.concat(Arrays.stream(columns), Stream.of("valid_from", "valid_to"))
                .toList();
        return CatalogueFile.read(folder, file, dated, faults);
    }

    /** No row where there is no such file. */
    List<Row> readIfThere(String file, String... columns) {
        return Files.exists(folder.resolve(file)) ? read(file, columns) : List.of();
    }

    static <T extends Dated> void add(Row row, String column, Timeline<T> timeline, T value) {
        if (!timeline.add(row.text(column), value)) {
            row.fault(column, "a code that no other line has on the same day");
        }
    }

    /** @param file that has the codes */
    static void refers(Row row, String column, Timeline<?> timeline, String file) {
        if (!row.text(column).isEmpty() && !timeline.knows(row.text(column))) {
            row.fault(column, "a code that a line of %s has, or nothing".formatted(file));
        }
    }
}
