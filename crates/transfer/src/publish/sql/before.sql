select
    to_regnamespace(quote_ident($1)) is null,
    exists (select from autobot_marks.quarantine) or exists (select from autobot_marks.original),
    to_regnamespace('autobot_quarantine') is null
