package org.shuniu.simulator;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The national up_pro tables of the front-end database, with their lengths, and the two that the federation added. */
final class NationalTables {
    private static final String DDL = """
            create table if not exists up_pro_accept (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                catalog_code varchar(12) not null, local_catalog_code varchar(50),
                task_code varchar(36) not null, local_task_code varchar(50), task_handle_item varchar(50),
                task_name varchar(1000) not null, task_version int not null,
                applyer_name varchar(100) not null, applyer_type varchar(2) not null,
                applyer_page_type varchar(70) not null, applyer_page_code varchar(500) not null,
                apply_date timestamp not null, apply_type varchar(2) not null, legal varchar(100),
                contact_name varchar(100), contact_type varchar(6), contact_code varchar(50),
                contact_mobile varchar(11), zip_code varchar(6), address varchar(1000),
                org_name varchar(100) not null, org_code varchar(64) not null,
                handle_user_name varchar(100), accept_date timestamp not null, accept_doc_no varchar(50),
                project_name varchar(1000), project_type varchar(2) not null, promise_date timestamp,
                cd_operation varchar(2) not null, cd_time timestamp not null, cd_batch varchar(32) not null,
                data_source varchar(3) not null, is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_material (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                material_name varchar(200) not null, get_type varchar(2) not null, get_num varchar(5),
                material_attach_name varchar(200), remark varchar(1000), cd_operation varchar(2) not null,
                cd_time timestamp not null, cd_batch varchar(32) not null, data_source varchar(3) not null,
                is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_process (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                event_name varchar(2) not null, process_name varchar(1000) not null,
                handle_user_name varchar(100) not null, handle_explain varchar(2000) not null,
                event_start_time timestamp not null, event_end_time timestamp not null, remark varchar(256),
                cd_operation varchar(2) not null, cd_time timestamp not null, cd_batch varchar(32) not null,
                data_source varchar(3) not null, is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_result (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                result_date timestamp not null, result_type varchar(2) not null,
                result_explain varchar(2000), result_cetr_name varchar(256), result_cetr_no varchar(2000),
                is_delivery_results varchar(2) not null, handle_user_name varchar(100),
                satisfaction varchar(2), remark varchar(256), cd_operation varchar(2) not null,
                cd_time timestamp not null, cd_batch varchar(32) not null, data_source varchar(3) not null,
                is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_supplement (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                supplement_reason varchar(2000), supplement_time timestamp not null, materials text,
                cd_operation varchar(2) not null, cd_time timestamp not null, cd_batch varchar(32) not null,
                data_source varchar(3) not null, is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_withdraw (
                row_guid varchar(50) primary key, project_no varchar(50) not null,
                withdraw_reason varchar(2000), withdraw_time timestamp not null,
                cd_operation varchar(2) not null, cd_time timestamp not null, cd_batch varchar(32) not null,
                data_source varchar(3) not null, is_sync smallint not null default 0, sync_time timestamp);
            create table if not exists up_pro_count (
                row_guid varchar(50) primary key, source_guid varchar(50) not null, project_no varchar(50) not null,
                accept_time timestamp not null, is_finished smallint not null);
            create index if not exists up_pro_accept_waiting on up_pro_accept (cd_time, row_guid) where is_sync = 0;
            create index if not exists up_pro_process_waiting on up_pro_process (cd_time, row_guid) where is_sync = 0;
            create index if not exists up_pro_result_waiting on up_pro_result (cd_time, row_guid) where is_sync = 0;
            create index if not exists up_pro_supplement_waiting on up_pro_supplement (cd_time, row_guid) where is_sync = 0;
            create index if not exists up_pro_withdraw_waiting on up_pro_withdraw (cd_time, row_guid) where is_sync = 0;
            """;

    private NationalTables() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DDL);
        }
    }
}
