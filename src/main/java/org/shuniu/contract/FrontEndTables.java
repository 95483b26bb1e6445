package org.shuniu.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tables of an office's front-end database (前置库), as its contract has them, in the language of PostgreSQL.
 *
 * <p>One for each kind of document, one for the papers, one for what the office answers. The hub knows rows by {@code row_guid}, reads
 * and marks them by {@code is_sync}, and in the order of {@code cd_time}.
 */
public final class FrontEndTables {

    /** The file that makes them, in the partner's folder of mappings. */
    public static final String FILE = "front-end.sql";

    /** What the office writes and the hub reads. */
    public static final String RESULT = "result";

    /** By which a row is known; of a document the message id. */
    public static final String KEY = "row_guid";

    /** In the rows of papers and of answers: the key of the document that they belong to. */
    public static final String DOCUMENT_KEY = "document_guid";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Set<String> OWN = Set.of("cd_time", "is_sync", "sync_time");
    private static final Map<String, String> DATES = Map.of("yyyy-MM-dd HH:mm:ss", "timestamp", "yyyy-MM-dd", "date");
    private static final Map<String, String> TITLES =
            Map.of("application", "办件申请", "supplement", "补正材料", "withdrawal", "撤回申请");
    private static final int LONGEST_KEY = 50;
    /** Columns of every table whose rows somebody still has to read. */
    private static final String MARKS = """
            ,
                cd_time timestamp not null default localtimestamp,
                -- 0 until it is read, then 1; 2 where the hub has written another in its place before it was read.
                is_sync smallint not null default 0,
                sync_time timestamp""";

    private static final String WAITING =
            "create index if not exists \"%1$s_waiting\" on \"%1$s\" (cd_time) where is_sync = 0;\n";
    private static final String OF_A_DOCUMENT =
            "create index if not exists \"%1$s_document\" on \"%1$s\" (document_guid);\n";

    private record Column(String name, String type, boolean required, String comment) {

        static Column text(String name, int most, boolean required, String comment) {
            return new Column(name, "varchar(%d)".formatted(most), required, comment);
        }

        String definition() {
            return "    \"%s\" %s%s"
                    .formatted(name, type, name.equals(KEY) ? " primary key" : required ? " not null" : "");
        }
    }

    /** @param isRead whether somebody looks for rows that are not marked yet */
    private record Table(String name, String comment, List<Column> columns, boolean isRead) {

        String definition() {
            String body =
                    columns.stream().map(Column::definition).collect(Collectors.joining(",\n")) + (isRead ? MARKS : "");
            return "create table if not exists \"%s\" (\n%s);\n%s%s"
                    .formatted(name, body, (isRead ? WAITING : OF_A_DOCUMENT).formatted(name), comments());
        }

        private List<FrontEndColumn> described() {
            FrontEndColumn.Writer writer =
                    name.equals(RESULT) ? FrontEndColumn.Writer.OFFICE : FrontEndColumn.Writer.HUB;
            List<FrontEndColumn> described = new ArrayList<>();
            columns.forEach(column -> described.add(new FrontEndColumn(
                    name, column.name(), column.type(), column.required(), column.comment(), writer)));
            if (isRead) {
                described.add(new FrontEndColumn(
                        name, "cd_time", "timestamp", false, "写入时间", FrontEndColumn.Writer.DATABASE));
                described.add(new FrontEndColumn(
                        name, "is_sync", "smallint", false, "读取标记：0 未读；1 已读；2 未读而被更正替代", FrontEndColumn.Writer.READER));
                described.add(new FrontEndColumn(
                        name, "sync_time", "timestamp", false, "读取时间", FrontEndColumn.Writer.READER));
            }
            return described;
        }

        private String comments() {
            return "comment on table \"%s\" is %s;\n".formatted(name, quoted(comment))
                    + columns.stream()
                            .map(column -> "comment on column \"%s\".\"%s\" is %s;\n"
                                    .formatted(name, column.name(), quoted(column.comment())))
                            .collect(Collectors.joining());
        }
    }

    private final Contract contract;
    private final Map<String, Table> tables = new LinkedHashMap<>();

    public FrontEndTables(Contract contract) {
        this.contract = contract;
        Contract.DOCUMENTS.forEach(this::document);
        add(new Table(RESULT, "办理结果: written by the office, read by the hub", result(), true));
    }

    /** The name of an office's database, and of its own account there. */
    public static String database(String partner) {
        return partner.replace('-', '_');
    }

    /** What a field must be called instead, where it can't be called so in a table. */
    static Optional<String> wrongName(ContractField field) {
        if (!NAME.matcher(field.name()).matches()) {
            return Optional.of("a column of at most 63 small letters, digits and _");
        }
        if (field.isMessageId() != field.name().equals(KEY)) {
            return Optional.of(KEY + " for message.id and for nothing else: by it the hub knows a row again");
        }
        boolean taken = field.isPapers()
                ? Contract.DOCUMENTS.contains(field.name()) || field.name().equals(RESULT)
                : OWN.contains(field.name());
        return taken ? Optional.of("another name: the hub's tables have this one already") : Optional.empty();
    }

    /** All columns, table by table. */
    public List<FrontEndColumn> columns() {
        return tables.values().stream()
                .flatMap(table -> table.described().stream())
                .toList();
    }

    /** What makes the tables where they are not there. */
    public String definitions() {
        return tables.values().stream().map(Table::definition).collect(Collectors.joining("\n"));
    }

    /**
     * What makes the columns that were agreed after the tables were made, empty in the rows that are there; it goes before the
     * definitions, which comment on them.
     */
    public String additions() {
        return tables.values().stream()
                .flatMap(table -> table.columns().stream()
                        .map(column -> "alter table if exists \"%s\" add column if not exists \"%s\" %s;\n"
                                .formatted(table.name(), column.name(), column.type())))
                .collect(Collectors.joining());
    }

    /** What the hub's account may do; it needs no more. */
    public String grants(String account) {
        String written = tables.keySet().stream()
                .filter(table -> !table.equals(RESULT))
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(", "));
        return "grant select, insert, update on %s to %s;\ngrant select, update on \"%s\" to %s;\n"
                .formatted(written, account, RESULT, account);
    }

    private void document(String document) {
        List<Column> columns = new ArrayList<>();
        List<Table> papers = new ArrayList<>();
        for (ContractField field : contract.of(document)) {
            if (field.isPapers()) {
                papers.add(new Table(
                        field.name(),
                        field.label() + ": of the document whose row_guid is document_guid",
                        papers(),
                        false));
            } else {
                columns.add(column(field));
            }
        }
        add(new Table(
                document, TITLES.get(document) + ": written by the hub, read and marked by the office", columns, true));
        papers.forEach(this::add);
    }

    /** Papers of several kinds of documents may lie in one table. */
    private void add(Table table) {
        tables.putIfAbsent(table.name(), table);
    }

    private Column column(ContractField field) {
        // Behind the message id stands a mark where a person has corrected the document.
        int most = field.isMessageId() ? Math.max(LONGEST_KEY, field.most()) : field.most();
        String type = field.date().map(DATES::get).orElse("varchar(%d)".formatted(most));
        return new Column(field.name(), type, field.required(), comment(field));
    }

    private String comment(ContractField field) {
        return field.label()
                + field.codes()
                        .map(table -> contract.codes().get(table).stream()
                                .map(code -> code.local() + " " + code.name())
                                .collect(Collectors.joining("；", "：", "")))
                        .orElse("");
    }

    private static List<Column> papers() {
        return List.of(
                Column.text(KEY, LONGEST_KEY, true, "报文编号和材料序号"),
                Column.text(DOCUMENT_KEY, LONGEST_KEY, true, "报文编号"),
                new Column("no", "smallint", true, "材料序号"),
                Column.text("name", 200, true, "材料名称"),
                Column.text("digest", 100, false, "附件摘要"),
                Column.text("certificate", 100, false, "电子证照编码"));
    }

    private List<Column> result() {
        return List.of(
                Column.text(KEY, LONGEST_KEY, true, "本行编号，不重复"),
                Column.text(DOCUMENT_KEY, LONGEST_KEY, true, "所答复的报文编号"),
                Column.text("case_no", 50, true, "办件编号"),
                Column.text("state", 8, true, states(contract.receipts())),
                new Column("state_time", "timestamp", true, "办理时间"),
                Column.text("handler", 60, false, "经办人"),
                Column.text("text", 1000, false, "意见"),
                Column.text("office_no", 50, false, "业务编号"),
                Column.text("certificate_name", 200, false, "证照名称"),
                Column.text("certificate_no", 50, false, "证照编号"));
    }

    private static String states(Contract.Receipts words) {
        return "状态：%s 审核中；%s 准予办理；%s 不予办理；INVALID 报文无法办理".formatted(words.inWork(), words.done(), words.refused());
    }

    private static String quoted(String text) {
        return "'%s'".formatted(text.replace("'", "''"));
    }
}
