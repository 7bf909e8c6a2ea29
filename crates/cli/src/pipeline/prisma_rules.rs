use autobot_catalog::{Finding, Rules, Severity};
use autobot_db::{ColumnName, TableName};
use autobot_prisma::Schema;

use crate::{Exit, Failure, Result};

/// Types that a rule may ask for and that are a scalar type of Prisma: then schema.prisma changes with the rule.
const SCALARS: &[(&str, &str)] = &[
    ("bigint", "BigInt"),
    ("int8", "BigInt"),
    ("integer", "Int"),
    ("jsonb", "Json"),
    ("double precision", "Float"),
    ("bytea", "Bytes"),
];

/// A field of schema.prisma that a rule gives another type: model, field, scalar type.
pub type Ruled = (String, String, String);

/// The fields that the owner's rules give another type.
pub fn ruled_fields(prisma: &Schema, rules: &Rules) -> Vec<Ruled> {
    let columns = rules
        .tables
        .iter()
        .flat_map(|(table, rule)| rule.columns.iter().map(move |(column, rule)| (table, column, rule)));
    let one = |(table, column, rule): (&String, &String, &autobot_catalog::ColumnRule)| {
        let asked = rule.target_type.as_ref()?.to_lowercase();
        let (_, scalar) = SCALARS.iter().find(|(pg, _)| *pg == asked)?;
        let (model, field) = prisma.column(table, column)?;
        let differs = field.scalar().is_none_or(|known| known.name() != *scalar);
        differs.then(|| (model.name.clone(), field.name.clone(), (*scalar).to_owned()))
    };
    columns.filter_map(one).collect()
}

/// A warning for each field that a rule gives another type: schema.prisma has to change with it.
pub fn ruled_findings(prisma: &Schema, rules: &Rules) -> Vec<Finding> {
    let finding = |(model, field, scalar): Ruled| {
        let of_model = prisma.model(&model);
        let column = of_model.and_then(|model| model.field(&field)).map_or(field.as_str(), |field| &field.column);
        Finding {
            code: "AB084 changed-by-rule".to_owned(),
            severity: Severity::Warning,
            table: of_model.and_then(|model| TableName::new(model.table.clone()).ok()),
            column: ColumnName::new(column).ok(),
            object: None,
            count: 1,
            places: Vec::new(),
            message: format!("by rule `{model}.{field}` becomes {scalar}"),
            remedy: Some(format!("change the field to {scalar} in schema.prisma too; `autobot phase 4` does")),
        }
    };
    ruled_fields(prisma, rules).into_iter().map(finding).collect()
}

/// schema.prisma as the rules ask for it, in memory.
pub fn by_rules(prisma: Schema, rules: &Rules) -> Result<Schema> {
    let mut schema = prisma;
    for (model, field, scalar) in ruled_fields(&schema, rules) {
        let changed = schema.change_field_type(&model, &field, &scalar).and_then(|edits| schema.apply(&edits));
        schema = changed.map_err(|error| {
            let hint = error.hint();
            Failure::new(Exit::Settings, error, hint)
        })?;
    }
    Ok(schema)
}
