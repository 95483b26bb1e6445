package org.shuniu.handout;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.shuniu.contract.Contract.Name;
import org.shuniu.mapping.Mappings;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;

/** What the places of a document are, in words: those of the standard, and of what the hub puts round documents its own. */
final class Places {

    private static final String DOCUMENT = "document.";
    private static final String FORM = "document.form.";
    private static final Name NONE = new Name("", "");

    private final Mappings mappings;
    private final Map<String, Name> envelope = new HashMap<>();

    Places(Mappings mappings) {
        this.mappings = mappings;
        for (NamedCsvRecord row : rows("places.csv")) {
            envelope.put(row.getField("place"), new Name(row.getField("zh"), row.getField("en")));
        }
    }

    /** Rows of a table that comes with the hub. */
    static List<NamedCsvRecord> rows(String table) {
        try (Reader text = new InputStreamReader(
                        new ClassPathResource("org/shuniu/handout/" + table).getInputStream(), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            return reader.stream().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** @param place as rows of outgoing mappings name it, or parts of these name theirs: {@code item.name} */
    Name of(String document, String place) {
        Name known = envelope.get(place);
        if (known != null) {
            return known;
        }
        if (place.startsWith(FORM)) {
            String field = place.substring(FORM.length());
            return new Name("申请表中的 " + field, "The field %s of the application form".formatted(field));
        }
        return place.startsWith(DOCUMENT) ? canonical(document, place.substring(DOCUMENT.length())) : NONE;
    }

    /** @param place within one of the hub's own documents */
    Name canonical(String document, String place) {
        JsonNode schema = mappings.canonical(document, place);
        String zh = schema.path("description").asString("").replaceFirst(" — .*", "");
        String en = schema.path("title").asString("");
        int whole = place.lastIndexOf('.');
        // In English the standard names a part without its whole.
        return new Name(
                zh,
                whole < 0 || en.isEmpty()
                        ? en
                        : canonical(document, place.substring(0, whole)).en() + ": " + en);
    }
}
