package org.shuniu.simulator;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What is applied for in the city: departments by their share of the volume, their items, and the centres of its streets. */
final class CityVolumes {

    /** An item as far as the way of an application depends on it. */
    record Item(String code, boolean online, boolean territorial) {}

    /** The centre of a street. */
    record Home(String street, String centre) {}

    private static final class Department {
        private double share;
        private final List<Item> items = new ArrayList<>();
    }

    private final Map<String, Department> byCode = new TreeMap<>();
    private final List<Home> homes = new ArrayList<>();
    private double total;

    private CityVolumes() {}

    /** Reads the catalogue as it holds on that day. */
    static CityVolumes read(Path catalogue, LocalDate day) {
        CityVolumes volumes = new CityVolumes();
        rows(catalogue.resolve("departments.csv"), day, row -> {
            if (!row.getField("volume_share_percent").isEmpty()) {
                volumes.byCode.computeIfAbsent(row.getField("code"), code -> new Department()).share =
                        Double.parseDouble(row.getField("volume_share_percent"));
            }
        });
        Map<String, Item> items = new HashMap<>();
        rows(
                catalogue.resolve("items.csv"),
                day,
                row -> items.put(
                        row.getField("item_code"),
                        new Item(
                                row.getField("item_code"),
                                row.getField("mode").equals("online"),
                                row.getField("acceptance").equals("territorial"))));
        rows(catalogue.resolve("routing.csv"), day, row -> {
            Department department = volumes.byCode.get(row.getField("department"));
            Item item = items.get(row.getField("item_code"));
            if (department != null && item != null) {
                department.items.add(item);
            }
        });
        rows(catalogue.resolve("centres.csv"), day, row -> {
            if (row.getField("kind").equals("centre")
                    && row.getField("street_code").matches("[0-9]{9}")) {
                volumes.homes.add(new Home(row.getField("street_code"), row.getField("centre_code")));
            }
        });
        volumes.byCode.values().removeIf(department -> department.items.isEmpty());
        volumes.total = volumes.byCode.values().stream()
                .mapToDouble(department -> department.share)
                .sum();
        return volumes;
    }

    private static void rows(Path file, LocalDate day, Consumer<NamedCsvRecord> each) {
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(Files.newBufferedReader(file))) {
            for (NamedCsvRecord row : reader) {
                String to = row.getField("valid_to");
                boolean holds = !day.isBefore(LocalDate.parse(row.getField("valid_from")))
                        && (to.isEmpty() || !day.isAfter(LocalDate.parse(to)));
                if (holds) {
                    each.accept(row);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** An item of a department that is as likely as its share of the volume. */
    Item item(Random random) {
        double point = random.nextDouble() * total;
        for (Department department : byCode.values()) {
            point -= department.share;
            if (point < 0) {
                return any(department.items, random);
            }
        }
        throw new IllegalStateException("the catalogue has no department with a volume and items");
    }

    Home home(Random random) {
        return any(homes, random);
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
