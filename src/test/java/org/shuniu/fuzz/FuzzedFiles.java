package org.shuniu.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.shuniu.batch.BatchFile;
import org.shuniu.mapping.AnswerGarbled;
import org.shuniu.mapping.Days;
import org.shuniu.mapping.Examples;
import org.shuniu.mapping.MappingFailed;
import org.shuniu.partner.FileExchange;
import org.shuniu.partner.LineTemplate;
import org.shuniu.partner.Partner;
import org.shuniu.partner.PartnerDirectory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.env.MockEnvironment;

/** Files that partners leave on their servers: the frame first, then every row by itself, as the intake of files does. */
final class FuzzedFiles {

    /** Nothing is taken from a file that is not whole. */
    private static final class NotWhole extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static final String MAPPING = "result.in";
    private static final LocalDateTime MORNING = LocalDateTime.of(2026, 11, 25, 6, 0);

    private FuzzedFiles() {}

    static List<FuzzedReader> readers() {
        return PartnerDirectory.load(Path.of("routes"), settings()::resolveRequiredPlaceholders).all().stream()
                .filter(partner -> partner.files().isPresent())
                .map(FuzzedFiles::reader)
                .toList();
    }

    /** As the demo has them, without what its embedded server says of itself. */
    private static Environment settings() {
        MockEnvironment settings = new MockEnvironment()
                .withProperty(
                        "shuniu.partners.disabled-federation.url", "jdbc:postgresql://127.0.0.1:1/disabled_federation");
        try {
            new YamlPropertySourceLoader()
                    .load("hub", new ClassPathResource("application.yaml"))
                    .forEach(settings.getPropertySources()::addLast);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return settings;
    }

    private static FuzzedReader reader(Partner partner) {
        FileExchange files = partner.files().orElseThrow();
        List<byte[]> rows = Loaded.EXAMPLES.of(partner.id(), MAPPING).stream()
                .map(example -> WireAnswers.bytes(example))
                .toList();
        return new FuzzedReader(
                "file of " + partner.id(),
                List.of(file(files, rows.subList(0, 1)), file(files, rows)),
                bytes -> read(partner.id(), files, bytes),
                Set.of(NotWhole.class));
    }

    private static byte[] file(FileExchange files, List<byte[]> rows) {
        FileExchange.Frame frame = files.receive().frame();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        String end = files.lineEnd();
        file.writeBytes(line(files, frame.header(), rows.size()));
        for (byte[] row : rows) {
            String text = new String(row, files.charset()).stripTrailing();
            int names = text.indexOf('\n') + 1;
            boolean first = file.size() == 0;
            file.writeBytes(((first ? text : text.substring(names)) + end).getBytes(files.charset()));
        }
        file.writeBytes(line(files, frame.trailer(), rows.size()));
        return file.toByteArray();
    }

    private static byte[] line(FileExchange files, Optional<LineTemplate> template, int rows) {
        return template.map(line -> (line.write(1, rows, MORNING) + files.lineEnd()).getBytes(files.charset()))
                .orElse(new byte[0]);
    }

    private static void read(String partner, FileExchange files, byte[] bytes) throws NotWhole {
        if (!(new BatchFile(files).read(bytes) instanceof BatchFile.Content.Rows content)) {
            throw new NotWhole();
        }
        for (byte[] row : content.rows()) {
            try {
                Loaded.MAPPINGS.read(partner, MAPPING, row, null, Examples.CONTEXT, Days.of(Examples.DAY));
            } catch (AnswerGarbled | MappingFailed parked) {
                // The others are read all the same.
            }
        }
    }
}
