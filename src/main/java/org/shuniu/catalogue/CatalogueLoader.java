package org.shuniu.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.shuniu.catalogue.FaultyCatalogue.Fault;

/** Reads and cross-checks all files of the catalogue, collecting faults until the end. */
final class CatalogueLoader {
    private static final int VERSION_DIGITS = 12;

    private CatalogueLoader() {}

    static Catalogue load(Path folder) {
        List<Fault> faults = new ArrayList<>();
        CatalogueFiles files = new CatalogueFiles(folder, faults);
        CatalogueRows rows = new CatalogueRows();
        Map<String, CodeTable> tables = new CodeTableFiles(folder, faults).read();
        WorkingCalendar calendar = CalendarFile.read(folder, faults);
        new PlaceFiles(files, rows).read();
        new ItemFiles(files, rows, tables).read();
        rows.followUps.addAll(FollowUpFile.read(files, tables));
        rows.certificateRules.addAll(CertificateRuleFile.read(files, rows.items, tables));
        if (!faults.isEmpty()) {
            throw new FaultyCatalogue(faults);
        }
        return new Catalogue(rows, tables, calendar, version(folder));
    }

    private static String version(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file :
                    files.filter(it -> it.toString().endsWith(".csv")).sorted().toList()) {
                byte[] content = Files.readAllBytes(file);
                digest.update(
                        "%s %d\n".formatted(file.getFileName(), content.length).getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
