package org.shuniu.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The province's routes and mappings: the first hub's, with fewer departments, in which the city stands as the neighbour where
 * the province stood, and the SMS gateway speaks SMPP where the city's has a form. Made anew at each start.
 */
final class ProvinceFolders {

    private static final Set<String> PARTNERS = Set.of(
            Partner.ACCEPTANCE_PLATFORM,
            Partner.CERTIFICATE_LIBRARY,
            Partner.HEALTHCARE_SECURITY,
            Partner.HUMAN_RESOURCES,
            Partner.SMS_GATEWAY);
    /** Lists of the catalogue that name the neighbours. */
    private static final Set<Path> OF_REGIONS = Set.of(
            Path.of("catalogue", "provinces.csv"),
            Path.of("catalogue", "region-items.csv"),
            Path.of("catalogue", "region-divisions.csv"));

    private ProvinceFolders() {}

    static void make(ProvinceSettings settings) {
        try {
            Path routes = empty(settings.directory().resolve("routes"));
            for (Path file : files(settings.routes())) {
                Path place = settings.routes().relativize(file);
                String folder =
                        place.getNameCount() == 1 ? "" : place.getName(0).toString();
                if (folder.isEmpty() || PARTNERS.contains(folder) || folder.equals(ProvinceSettings.PROVINCE)) {
                    copy(file, place, routes, settings);
                }
            }
            Path mappings = empty(settings.directory().resolve("mappings"));
            for (Path file : files(settings.mappings())) {
                copy(file, settings.mappings().relativize(file), mappings, settings);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return Files.createDirectories(directory);
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path file, Path place, Path into, ProvinceSettings settings) throws IOException {
        boolean neighbour = place.startsWith(ProvinceSettings.PROVINCE);
        Path to = neighbour
                ? into.resolve(ProvinceSettings.CITY).resolve(place.subpath(1, place.getNameCount()))
                : into.resolve(place);
        Files.createDirectories(to.getParent());
        if (neighbour || OF_REGIONS.contains(place)) {
            Files.writeString(to, exchanged(Files.readString(file)));
        } else if (place.startsWith(Partner.SMS_GATEWAY) && settings.shortMessages() > 0) {
            Files.writeString(to, bySmpp(Files.readString(file)));
        } else {
            Files.copy(file, to);
        }
    }

    /** Does what the comment in the gateway's partner.yaml says, there and in its mappings. */
    private static String bySmpp(String text) {
        return text.contains("\n#| ")
                ? text.replaceAll("(?m)^(protocol|address|operations|authentication|delivery):.*\n( .*\n)*", "")
                        .replaceAll("(?m)^#\\| ", "")
                : text.replace("codec: {kind: form, charset: GB2312}", "codec: {kind: json}");
    }

    /** The one line of the list of provinces, and every name. */
    private static String exchanged(String text) {
        return text.replace("33,zhejiang,浙江省", "31,shanghai,上海市")
                .replace(ProvinceSettings.PROVINCE, ProvinceSettings.CITY)
                .replace("Zhejiang", "Shanghai")
                .replace("浙江", "上海");
    }
}
