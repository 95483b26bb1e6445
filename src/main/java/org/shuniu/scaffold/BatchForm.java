package org.shuniu.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractProtocol;

/** Files on the partner's SFTP server, as CSV or with columns counted in bytes. */
final class BatchForm implements PartnerForm {

    private final Contract contract;
    private final Map<String, ContractField> columns;

    /** @param columns of the lines, by their names */
    BatchForm(Contract contract, Map<String, ContractField> columns) {
        this.contract = contract;
        this.columns = columns;
    }

    private boolean isCsv() {
        return contract.protocol() == ContractProtocol.SFTP_CSV;
    }

    @Override
    public String folder() {
        return contract.protocol().word();
    }

    @Override
    public String shared() {
        return folder();
    }

    @Override
    public Map.Entry<String, String> example(String name, String text) {
        return Map.entry(name, text);
    }

    @Override
    public List<String> routes() {
        return List.of("forward-application", "retry-delivery", "receive-result", "poll-result", "send-batch");
    }

    @Override
    public List<String> mappings() {
        return List.of("result.in.yaml");
    }

    @Override
    public String codec(String document) {
        List<String> lines = new ArrayList<>(
                List.of("codec:", "  kind: " + (isCsv() ? "csv" : "fixed-width"), "  charset: GB18030", "  columns:"));
        Stream<Map.Entry<String, Optional<ContractField>>> all = Stream.concat(
                Stream.of(Map.entry("kind", Optional.empty())),
                columns.entrySet().stream().map(entry -> Map.entry(entry.getKey(), Optional.of(entry.getValue()))));
        lines.add(all.map(column -> isCsv()
                        ? "    %s: %s"
                                .formatted(
                                        Yaml.text(column.getValue()
                                                .map(ContractField::label)
                                                .orElse("业务类型")),
                                        column.getKey())
                        : "    - {name: %s, width: %d}"
                                .formatted(
                                        column.getKey(),
                                        column.getValue()
                                                .map(ContractField::most)
                                                .orElse(1)))
                .collect(Collectors.joining("\n")));
        return String.join("\n", lines);
    }

    @Override
    public Map<String, String> words() {
        return isCsv()
                ? Map.of(
                        "form", "CSV files",
                        "sent", "SQ<number>.csv",
                        "received", "JG<number>.csv",
                        "whole",
                                "The columns' names stand in the first line; an empty file with `.ok` behind its name says that a file is whole.")
                : Map.of(
                        "form", "files of fixed width",
                        "sent", "SQ<number>.TXT",
                        "received", "JG<number>.TXT",
                        "whole",
                                "Columns are counted in bytes; the first line has number and day, the last one the count of rows.");
    }

    @Override
    public boolean gives(String example) {
        return true;
    }
}
