package org.shuniu.handout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                        CsvMetadata.of(resultName(), charset().name(), received))
                : Map.of(
                        "requests.columns.csv", ColumnList.of(sent),
                        "results.columns.csv", ColumnList.of(received));
    }

    @Override
    public Optional<String> misfit(Sample sample) {
        List<Column> columns = sample.isSent() ? Column.sent(office.messages()) : Column.received(office.answers());
        FileExchange.Frame frame =
                sample.isSent() ? files().send().frame() : files().receive().frame();
        List<String> lines = new String(sample.body(), charset()).lines().toList();
        int first = frame.columns() || frame.header().isPresent() ? 1 : 0;
        Map<String, String> row = isCsv()
                ? ColumnFit.named(columns, lines.get(0), lines.get(first))
                : ColumnFit.measured(columns, lines.get(first).getBytes(charset()), charset());
        return ColumnFit.misfit(
                columns,
                row,
                value -> isCsv() ? value.codePointCount(0, value.length()) : value.getBytes(charset()).length);
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
        return "%s/%s".formatted(files().receive().directory(), resultName());
    }

    /** With the number as it stands in names of the hub's. */
    private String resultName() {
        return files().receive().name().replace("*", name().replaceAll("\\D", ""));
    }
}
