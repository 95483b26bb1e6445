-- @zh@前置库: the tables of the front-end database, for whoever looks after it. PostgreSQL.
-- Made from mappings/@partner@/contract.yaml; who changes one changes the other, and the mappings with them.
-- The hub knows a row by row_guid, and never writes one twice. Whoever has read a row sets its is_sync to 1: the office that of the
-- documents, the hub that of the results. A result is a row of its own, which nobody changes once it is written.
-- A document that a person has corrected is a row of its own too: its key is that of the first with a mark behind it ("~" and six hex
-- digits), and takes the place of every earlier one of this message. What was taken stays; what was not, has 2 in is_sync and is read no more.

@definitions@
-- The hub's own account: shuniu.partners.@partner@.username.
@grants@