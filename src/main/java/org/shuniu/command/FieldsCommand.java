package org.shuniu.command;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.shuniu.HubProperties;
import org.shuniu.mapping.AllowedField;
import org.shuniu.mapping.LeavingField;
import org.shuniu.mapping.Mappings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Says what leaves towards whom, for whoever answers for the protection of data. */
@Command(
        name = "fields",
        description = {
            "says which fields leave towards each partner, for which items, what for and on what legal basis, as CSV",
            "Each line is a place of what mappings read, with the documents that carry it. What stands in no line leaves in no",
            "message. The lines are those of mappings/PARTNER/allowed-fields.csv."
        })
final class FieldsCommand implements Callable<Integer> {

    /** One line, every value as people write it. */
    private record Line(
            String partner,
            String field,
            String name,
            String documents,
            String items,
            String purpose,
            String basis,
            String validFrom,
            String validTo) {

        static Line of(LeavingField leaving) {
            AllowedField allowed = leaving.allowed();
            return new Line(
                    leaving.partner(),
                    allowed.field(),
                    leaving.name(),
                    String.join("|", leaving.documents()),
                    allowed.items().isEmpty() ? "*" : String.join("|", new TreeSet<>(allowed.items())),
                    allowed.purpose(),
                    allowed.basis(),
                    allowed.validFrom().equals(LocalDate.MIN)
                            ? ""
                            : allowed.validFrom().toString(),
                    allowed.validTo().equals(LocalDate.MAX)
                            ? ""
                            : allowed.validTo().toString());
        }
    }

    private final String[] settings;
    private final PrintStream out;

    @Mixin
    private Help help;

    @Parameters(index = "0", arity = "0..1", paramLabel = "PARTNER", description = "only of this one")
    private @Nullable String partner;

    @Option(names = "--item", paramLabel = "CODE", description = "only what leaves for this item")
    private @Nullable String item;

    @Option(
            names = "--json",
            description =
                    "as JSON: a list of {partner, field, name, documents, items, purpose, basis, validFrom, validTo}")
    private boolean json;

    FieldsCommand(String[] settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    @Override
    public Integer call() {
        try (CommandSettings of = CommandSettings.of(settings)) {
            Mappings mappings =
                    Mappings.load(of.bind("shuniu", HubProperties.class).mappingsDir());
            List<Line> lines = new TreeSet<>(mappings.partners())
                    .stream()
                            .filter(one -> partner == null || partner.equals(one))
                            .flatMap(one -> mappings.leaving(one).stream())
                            .filter(leaving -> item == null || leaving.allowed().isFor(item))
                            .map(Line::of)
                            .toList();
            if (partner != null && !mappings.partners().contains(partner)) {
                throw new Unclear(
                        "PARTNER: found %s, expected one of %s".formatted(partner, new TreeSet<>(mappings.partners())));
            }
            out.println(
                    json ? JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(lines) : csv(lines));
            return 0;
        }
    }

    private static String csv(List<Line> lines) {
        StringWriter text = new StringWriter();
        // Without a buffer of its own, so that nothing is left in one.
        CsvWriter csv = CsvWriter.builder().bufferSize(0).build(text);
        csv.writeRecord("partner", "field", "name", "documents", "items", "purpose", "basis", "valid_from", "valid_to");
        lines.forEach(line -> csv.writeRecord(
                line.partner(),
                line.field(),
                line.name(),
                line.documents(),
                line.items(),
                line.purpose(),
                line.basis(),
                line.validFrom(),
                line.validTo()));
        return text.toString().stripTrailing();
    }
}
