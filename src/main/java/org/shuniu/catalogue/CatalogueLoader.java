package org.shuniu.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shuniu.fault.Fault;

/** Reads and cross-checks all files of the catalogue, collecting faults until the end. */
final class CatalogueLoader {
    private CatalogueLoader() {}

    static Catalogue load(Path folder) {
        List<Fault> faults = new ArrayList<>();
        Catalogue catalogue = load(folder, faults);
        if (!faults.isEmpty()) {
            throw new FaultyCatalogue(faults);
        }
        return catalogue;
    }

    /** As much as can be read; what can't has stand-ins, or is left out. */
    static Catalogue load(Path folder, List<Fault> faults) {
        CatalogueFiles files = new CatalogueFiles(folder, faults);
        CatalogueRows rows = new CatalogueRows();
        Map<String, CodeTable> tables = new CodeTableFiles(folder, faults).read();
        WorkingCalendar calendar = CalendarFile.read(folder, faults);
        new PlaceFiles(files, rows).read();
        new ItemFiles(files, rows, tables).read();
        new RegionFiles(files, rows, tables).read();
        rows.followUps.addAll(FollowUpFile.read(files, tables));
        rows.certificateRules.addAll(CertificateRuleFile.read(files, rows.items, tables));
        new DriftFiles(files, rows).read(tables);
        return new Catalogue(rows, tables, calendar, version(folder));
    }

    private static String version(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            ContentVersion version = new ContentVersion();
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".csv")).sorted().toList()) {
                version.add(file.getFileName(), Files.readAllBytes(file));
            }
            return version.text();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
