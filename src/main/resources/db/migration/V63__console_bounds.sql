-- What a plan is about as lists and pages show it: as its filter, and of a hundred thousand case numbers how many they are.
alter table plan add column conditions text;
update plan set conditions = case when filter::jsonb -> 'caseNumbers' is null then filter
    else jsonb_set(filter::jsonb, '{caseNumbers}', to_jsonb(jsonb_array_length(filter::jsonb -> 'caseNumbers')))::text end;
alter table plan alter column conditions set not null;
