package org.shuniu.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.shuniu.contract.Contract;
import org.shuniu.contract.ContractField;
import org.shuniu.contract.ContractFile;
import org.shuniu.contract.FrontEndTables;
import org.shuniu.fault.Fault;

/** Of an office with a front-end database: its administrators are told of every column that is agreed. */
final class FrontEndCheck {

    private final Path folder;
    private final Contract contract;
    private final List<Fault> faults;

    FrontEndCheck(Path folder, Contract contract, List<Fault> faults) {
        this.folder = folder;
        this.contract = contract;
        this.faults = faults;
    }

    /** Nothing where no such file is there: the office may have made its tables otherwise. */
    void run() {
        Path file = folder.resolve(contract.partner()).resolve(FrontEndTables.FILE);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            String sql = Files.readString(file);
            Contract.DOCUMENTS.forEach(document -> check(document, sql));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void check(String document, String sql) {
        for (int i = 0; i < contract.of(document).size(); i++) {
            ContractField field = contract.of(document).get(i);
            boolean made = field.isPapers() ? body(field.name(), sql).find() : makes(document, field.name(), sql);
            if (!made) {
                faults.add(Fault.ofKey(
                        ContractFile.of(folder, contract.partner()),
                        "fields.%s[%d]".formatted(document, i),
                        "%s is agreed, and %s does not make it"
                                .formatted(contract.target(document, field), FrontEndTables.FILE),
                        "a column or table of that name there, or no such field"));
            }
        }
    }

    private static boolean makes(String table, String column, String sql) {
        Matcher body = body(table, sql);
        boolean created = body.find()
                && Pattern.compile("(?im)^\\s*\"?%s\"?\\s".formatted(column))
                        .matcher(body.group(1))
                        .find();
        return created
                || Pattern.compile("(?i)alter\\s+table\\s+\"?%s\"?\\s+add\\s[^;]*?\"?\\b%s\\b\"?\\s"
                                .formatted(table, column))
                        .matcher(sql)
                        .find();
    }

    private static Matcher body(String table, String sql) {
        return Pattern.compile("(?is)create\\s+table\\s+(?:if\\s+not\\s+exists\\s+)?\"?%s\"?\\s*\\((.*?)\\)\\s*;"
                        .formatted(table))
                .matcher(sql);
    }
}
