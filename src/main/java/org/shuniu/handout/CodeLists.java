package org.shuniu.handout;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;

/** All code tables of a partner, by their names. */
record CodeLists(Map<String, CodeList> lists) {

    private static final String ENDING = ".csv";

    /** @param day rows that ended before it are history */
    static CodeLists read(Path folder, Contract contract, LocalDate day) throws IOException {
        Map<String, CodeList> lists = new LinkedHashMap<>();
        contract.codes().keySet().stream().sorted().forEach(name -> lists.put(name, new CodeList(name, List.of())));
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(one -> one.toString().endsWith(ENDING))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(ENDING, "");
                    lists.put(name, new CodeList(name, rows(file, day)));
                }
            }
        }
        lists.replaceAll((name, list) -> list.with(contract.codes().getOrDefault(name, List.of())));
        return new CodeLists(lists);
    }

    private static List<CodeList.Row> rows(Path file, LocalDate day) throws IOException {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .commentStrategy(CommentStrategy.SKIP)
                .ofNamedCsvRecord(Files.newBufferedReader(file))) {
            return reader.stream()
                    .filter(row -> row.findField("valid_to")
                            .filter(end -> !end.isEmpty() && end.compareTo(day.toString()) < 0)
                            .isEmpty())
                    .map(row -> new CodeList.Row(
                            row.getField("hub"),
                            row.getField("local"),
                            !row.getField("use").equals("in"),
                            !row.getField("use").equals("out"),
                            row.getField("name")))
                    .toList();
        }
    }

    Optional<CodeList> find(String name) {
        return Optional.ofNullable(lists.get(name));
    }

    /** What the hub calls each state of a case, in both languages, by its code. */
    static Map<String, Contract.Name> states(Path mappings) throws IOException {
        Map<String, Contract.Name> states = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder()
                .ofNamedCsvRecord(Files.newBufferedReader(mappings.resolve("catalogue/case-status.csv")))) {
            reader.stream()
                    .filter(row -> row.getField("set").equals("hub"))
                    .forEach(row -> states.put(
                            row.getField("code"), new Contract.Name(row.getField("name_zh"), row.getField("name_en"))));
        }
        return states;
    }
}
