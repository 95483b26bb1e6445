package org.shuniu.catalogue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.fault.Fault;

/** Reads the calendar of working days, whose rows are days themselves and so have no valid-from and valid-to. */
final class CalendarFile {
    private static final String NAME = "calendar.csv";
    private static final List<String> COLUMNS = List.of("date", "kind", "name_zh", "name_en", "source");

    private CalendarFile() {}

    static WorkingCalendar read(Path folder, List<Fault> faults) {
        Map<LocalDate, WorkingCalendar.Change> changes = new HashMap<>();
        for (Row row : CatalogueFile.read(folder, NAME, COLUMNS, faults)) {
            LocalDate date = row.date("date");
            WorkingCalendar.Change change = row.oneOf("kind", WorkingCalendar.Change.class);
            row.name("name_zh");
            row.name("name_en");
            row.name("source");
            if (changes.put(date, change) != null) {
                row.fault("date", "a date that no other line has");
            }
            if (change == WorkingCalendar.Change.SHIFTED_WORKING_DAY && !WorkingCalendar.isWeekend(date)) {
                row.fault("kind", "holiday: only a Saturday or Sunday becomes a working day");
            }
        }
        return new WorkingCalendar(changes);
    }
}
