package org.shuniu.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shuniu.partner.PartnerDirectory;
import org.shuniu.partner.Secrets;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a department finds in its front-end database. */
class TableAdapterTest {

    private static final UUID MESSAGE = UUID.fromString("0194f000-0000-7000-8000-000000000077");
    private static final UUID CORRECTION = UUID.fromString("0194f000-0000-7000-8000-00000012ab9f");
    private static final UUID ANOTHER = UUID.fromString("0194f000-0000-7000-8000-00000034cd01");
    private static final String MARKED = MESSAGE + "~12ab9f";

    private static EmbeddedPostgres postgres;

    @TempDir
    Path directory;

    private JdbcClient database;
    private ChannelAdapters adapters;

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void open() throws IOException {
        database = JdbcClient.create(postgres.getPostgresDatabase());
        database.sql("""
                create table application (row_guid varchar(50) primary key, remark varchar(100), is_sync smallint not null default 0);
                create table papers (row_guid varchar(50) primary key, document_guid varchar(50), name varchar(100));
                create table result (row_guid varchar(50) primary key, document_guid varchar(50), cd_time timestamp,
                    is_sync smallint not null default 0);
                create table up_pro_accept (row_guid varchar(50) primary key, project_no varchar(50) not null,
                    cd_batch varchar(32) not null, is_sync smallint not null default 0);
                create table up_pro_material (row_guid varchar(50) primary key, project_no varchar(50) not null,
                    material_name varchar(200) not null, cd_batch varchar(32) not null, is_sync smallint not null default 0)
                """).update();
        Path folder = Files.createDirectories(directory.resolve("routes/office"));
        Files.writeString(folder.resolve("partner.yaml"), """
                partner: office
                name: {zh: 部门, en: Office}
                protocol: table
                database: {url: "%s", username: postgres, password: office-password, result-tables: [result], batch: 100}
                """.formatted(postgres.getJdbcUrl("postgres", "postgres")));
        adapters = new ChannelAdapters(
                PartnerDirectory.load(folder.getParent(), text -> text),
                Secrets.of(directory, Map.of("SHUNIU_SECRET_OFFICE_PASSWORD", "x")),
                null,
                null);
    }

    @AfterEach
    void close() {
        adapters.close();
        database.sql("drop table application, papers, result, up_pro_accept, up_pro_material")
                .update();
    }

    @Test
    void leavesARepeatedDocumentAsItIs() {
        write("first", null);
        write("second", null);

        assertThat(rows()).containsExactly(MESSAGE + " first 0");
    }

    @Test
    void doesNotTakeARowOfAnotherForItsOwn() {
        write("first", null);
        database.sql("alter table papers add unique (name)").update();

        Reply reply = replyTo("""
                {"application": [{"row_guid": "another", "remark": "second"}],
                 "papers": [{"row_guid": "another-1", "document_guid": "another", "name": "paper"}]}""", null);

        assertThat(reply).isInstanceOf(Reply.Invalid.class);
        assertThat(((Reply.Invalid) reply).reason()).contains("table papers has another row");
        assertThat(rows()).containsExactly(MESSAGE + " first 0");
    }

    @Test
    void putsACorrectionBesideWhatTheOfficeHasTaken() {
        write("first", null);
        database.sql("update application set is_sync = 1").update();

        write("corrected", CORRECTION);
        write("corrected", CORRECTION);

        assertThat(rows()).containsExactly(MESSAGE + " first 1", MARKED + " corrected 0");
        assertThat(database.sql("select document_guid from papers order by row_guid")
                        .query(String.class)
                        .list())
                .containsExactly(MESSAGE.toString(), MARKED);
    }

    @Test
    void putsACorrectionInThePlaceOfWhatTheOfficeHasNotTaken() {
        write("first", null);

        write("corrected", CORRECTION);
        write("corrected again", ANOTHER);

        assertThat(rows())
                .containsExactly(MESSAGE + " first 2", MARKED + " corrected 2", MESSAGE + "~34cd01 corrected again 0");
    }

    @Test
    void readsAnAnswerToACorrectionAsOneToItsMessage() {
        database.sql("insert into result values ('R1', ?, localtimestamp, 0)")
                .param(MARKED)
                .update();
        List<String> kept = new ArrayList<>();

        adapters.poll("office", (partner, key, row) -> kept.add(new String(row, StandardCharsets.UTF_8)));

        assertThat(kept).singleElement().asString().contains("\"document_guid\":\"" + MESSAGE + "\"");
        assertThat(database.sql("select is_sync from result")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void tellsPapersOfACorrectionFromThoseThatWereTakenWhereNoKeyOfTheDocumentDoes() {
        writeNational(null, "old form", "photo");
        database.sql("update up_pro_accept set is_sync = 1").update();

        writeNational(CORRECTION, "new form");
        writeNational(CORRECTION, "new form");

        assertThat(joined())
                .containsExactly(MESSAGE + " 1 old form 0", MESSAGE + " 1 photo 0", MARKED + " 0 new form 0");
        assertThat(database.sql("select distinct length(cd_batch) from up_pro_accept")
                        .query(Integer.class)
                        .list())
                .containsExactly(32);
    }

    @Test
    void withdrawsPapersWithTheirDocumentOnly() {
        // Given a document that was taken, and a correction that was not
        writeNational(null, "old form");
        database.sql("update up_pro_accept set is_sync = 1").update();
        writeNational(CORRECTION, "new form", "photo");

        // When it is corrected once more, with fewer papers
        writeNational(ANOTHER, "newest form");

        // Then those of the one that was not taken go with it, and no others
        assertThat(joined())
                .containsExactly(
                        MESSAGE + " 1 old form 0",
                        MARKED + " 2 new form 2",
                        MARKED + " 2 photo 2",
                        MESSAGE + "~34cd01 0 newest form 0");
    }

    @Test
    void withdrawsADocumentThatWasNotTakenWithItsPapers() {
        writeNational(null, "old form", "photo");

        writeNational(CORRECTION, "new form");

        assertThat(joined())
                .containsExactly(MESSAGE + " 2 old form 2", MESSAGE + " 2 photo 2", MARKED + " 0 new form 0");
    }

    /** As an office finds papers that say only to which case and batch they belong. */
    private List<String> joined() {
        return database.sql("""
                        select a.row_guid || ' ' || a.is_sync || ' ' || m.material_name || ' ' || m.is_sync
                        from up_pro_accept a join up_pro_material m using (project_no, cd_batch)
                        order by a.row_guid collate "C", m.row_guid collate "C"
                        """).query(String.class).list();
    }

    private void writeNational(UUID correction, String... papers) {
        String common = "\"project_no\": \"SN1\", \"cd_batch\": \"%s\""
                .formatted(MESSAGE.toString().replace("-", ""));
        List<String> materials = new ArrayList<>();
        for (String paper : papers) {
            materials.add("{\"row_guid\": \"%s-%d\", \"material_name\": \"%s\", %s}"
                    .formatted(MESSAGE, materials.size() + 1, paper, common));
        }
        call("""
                {"up_pro_accept": [{"row_guid": "%s", %s}], "up_pro_material": [%s]}""".formatted(MESSAGE, common, String.join(", ", materials)), correction);
    }

    private void write(String remark, UUID correction) {
        String body = """
                {"application": [{"row_guid": "%1$s", "remark": "%2$s"}],
                 "papers": [{"row_guid": "%1$s-1", "document_guid": "%1$s", "name": "paper"}]}""".formatted(MESSAGE, remark);
        call(body, correction);
    }

    private void call(String body, UUID correction) {
        assertThat(replyTo(body, correction)).isInstanceOf(Reply.Answered.class);
    }

    private Reply replyTo(String body, UUID correction) {
        return adapters.of("office")
                .call(new Call(
                        MESSAGE,
                        UUID.randomUUID(),
                        "application",
                        "3120261124000000123",
                        body.getBytes(StandardCharsets.UTF_8),
                        "application/json",
                        Duration.ofSeconds(30),
                        false,
                        correction));
    }

    private List<String> rows() {
        return database.sql(
                        "select row_guid || ' ' || remark || ' ' || is_sync from application order by row_guid collate \"C\"")
                .query(String.class)
                .list();
    }
}
