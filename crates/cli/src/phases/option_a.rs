use autobot_catalog::{RowFilter, Rules};

/// Option A of the plan (section 4.3): the schema, and no rows. A table with a rule of its own keeps that rule.
pub fn no_rows(rules: &mut Rules) {
    let nothing = RowFilter::Where("false".to_owned());
    rules.tables.entry("*".to_owned()).or_default().rows.get_or_insert(nothing);
}
