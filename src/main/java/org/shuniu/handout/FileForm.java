package org.shuniu.handout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.shuniu.batch.Batch;
import org.shuniu.batch.BatchFile;
import org.shuniu.contract.ContractProtocol;
import org.shuniu.mapping.Examples;
import org.shuniu.partner.FileExchange;

/** Files on the office's server, as CSV or with columns counted in bytes. */
record FileForm(Office office) implements WireForm {

    private static final long NUMBER = 1;
    private static final LocalDateTime CLOSED = Examples.DAY.atTime(10, 15);
    private static final ZoneOffset CITY = ZoneOffset.ofHours(8);

    private boolean isCsv() {
        return office.contract().protocol() == ContractProtocol.SFTP_CSV;
    }

    @Override
    public Map<String, String> schemas() {
        List<Column> sent = Column.sent(office.messages());
        List<Column> received = Column.received(office.answers());
        return isCsv()
                ? Map.of(
                        "requests.csv-metadata.json",
                        CsvMetadata.of(name(), charset().name(), sent),
                        "results.csv-metadata.json",
                        CsvMetadata.of(
                                files().receive().name().replace("*", String.valueOf(NUMBER)),
                                charset().name(),
                                received))
                : Map.of(
                        "requests.columns.csv", ColumnList.of(sent),
                        "results.columns.csv", ColumnList.of(received));
    }

    /** Of the rows; names and first lines may have another. */
    private Charset charset() {
        return Charset.forName(office.answers().codec().path("charset").asString("UTF-8"));
    }

    private FileExchange files() {
        return office.partner().files().orElseThrow();
    }

    private String name() {
        return files().send().name().write(NUMBER, 1, CLOSED);
    }

    @Override
    public String ending() {
        return office.contract().protocol().ending();
    }

    @Override
    public byte[] sent(byte[] body) {
        Batch batch = new Batch(office.contract().partner(), NUMBER, name(), 1, CLOSED.toInstant(CITY), 0);
        return new BatchFile(files()).write(batch, List.of(body));
    }

    /** Examples are rows in UTF-8; of CSV the columns' names stand before it. */
    @Override
    public byte[] received(String text) {
        FileExchange.Frame frame = files().receive().frame();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        frame.header().ifPresent(header -> line(file, header.write(NUMBER, 1, CLOSED), files().charset()));
        text.lines().forEach(row -> line(file, row, charset()));
        frame.trailer().ifPresent(trailer -> line(file, trailer.write(NUMBER, 1, CLOSED), files().charset()));
        return file.toByteArray();
    }

    private void line(ByteArrayOutputStream file, String line, Charset charset) {
        file.writeBytes(line.getBytes(charset));
        file.writeBytes(files().lineEnd().getBytes(charset));
    }

    @Override
    public String sentBy(String document) {
        return "%s/%s".formatted(files().send().directory(), name());
    }

    @Override
    public String receivedBy(Occasion occasion) {
        return "%s/%s"
                .formatted(
                        files().receive().directory(),
                        files().receive().name().replace("*", String.valueOf(NUMBER)));
    }
}
