-- What an application asked for besides its item, such as news by SMS: words of the catalogue, never an address or number.
create table case_service (
    case_no  text   primary key,
    services text[] not null
);
