package org.shuniu.rehearsal;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.shuniu.document.DocumentSchemas;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.Mappings;
import tools.jackson.databind.node.ObjectNode;

/** What a changed mapping changes on its own examples: without a hub, and without anybody's messages. */
public final class ExampleComparison {

    private final Path folder;

    /** @param folder of the mappings as they are now, with the examples and the canonical schemas */
    public ExampleComparison(Path folder) {
        this.folder = folder;
    }

    /**
     * Compares, as the API of the hub tells it.
     *
     * @param mapping the only one that is looked at, such as {@code application.out}, or null for all
     * @param old the folder of the partner's mappings as they were
     * @throws org.shuniu.mapping.MappingsRefused with everything that is wrong with the one or the other
     */
    public ObjectNode of(String partner, @Nullable String mapping, Path old) throws IOException {
        Mappings was = CandidateFiles.of(old).read(partner, folder);
        Mappings is = CandidateFiles.of(folder.resolve(partner)).read(partner, folder);
        DocumentSchemas schemas = DocumentSchemas.load(folder);
        Rivals rivals = new Rivals(partner, was, is, schemas);
        Tally tally = new Tally();
        new Examples(folder, is)
                .all().stream()
                        .filter(example -> example.partner().equals(partner))
                        .filter(example -> mapping == null || example.mapping().equals(mapping))
                        .filter(example -> rivals.know(example.mapping()))
                        .forEach(example -> rivals.compare(new ExampleMessage(folder, example, schemas), tally));
        return Told.of(partner, rivals.inForceVersion(), rivals.candidateVersion(), tally.findings());
    }
}
