package org.shuniu.swap;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Mappings;
import org.shuniu.partner.PartnerDirectory;

/**
 * A version that was read: nothing goes by it yet.
 *
 * @param folder in which its files are, and stay as long as it is in force
 */
record Loaded(
        ConfigurationFiles files,
        Path folder,
        Catalogue catalogue,
        Mappings mappings,
        PartnerDirectory partners,
        DocumentSchemas schemas) {

    /** Reads files in which nothing is wrong. */
    static Loaded of(ConfigurationFiles files, Path folder, UnaryOperator<String> placeholders) {
        Path mappings = mappings(folder);
        return new Loaded(
                files,
                folder,
                Catalogue.load(mappings),
                Mappings.load(mappings),
                PartnerDirectory.load(routes(folder), placeholders),
                DocumentSchemas.load(mappings));
    }

    static Path routes(Path folder) {
        return folder.resolve(ConfigurationFiles.ROUTES);
    }

    static Path mappings(Path folder) {
        return folder.resolve(ConfigurationFiles.MAPPINGS);
    }
}
