package org.shuniu.fuzz;

import java.nio.file.Path;
import org.shuniu.catalogue.Catalogue;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;

/** What all readers read by, loaded once. */
final class Loaded {

    static final Path FOLDER = Path.of("mappings");
    static final Mappings MAPPINGS = Mappings.load(FOLDER);
    static final Examples EXAMPLES = new Examples(FOLDER, MAPPINGS);
    static final DocumentSchemas SCHEMAS = DocumentSchemas.load(FOLDER);
    static final Catalogue CATALOGUE = Catalogue.load(FOLDER);

    private Loaded() {}
}
