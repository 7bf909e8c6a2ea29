use autobot_catalog::{Finding, Rules, Severity};
use autobot_db::{ColumnName, TableName};
use autobot_prisma::Schema;
use autobot_schema::{RuledField, prisma_by_rules, ruled_fields};

use crate::{Exit, Failure, Result};

/// A warning for each field that a rule gives another type: schema.prisma has to change with it.
pub fn ruled_findings(prisma: &Schema, rules: &Rules) -> Vec<Finding> {
    let finding = |(model, field, scalar): RuledField| {
        let of_model = prisma.model(&model);
        let column = of_model.and_then(|model| model.field(&field)).map_or(field.as_str(), |field| &field.column);
        let scalar = scalar.name();
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
            rules: Vec::new(),
        }
    };
    ruled_fields(prisma, rules).into_iter().map(finding).collect()
}

/// schema.prisma as the rules ask for it, in memory.
pub fn by_rules(prisma: Schema, rules: &Rules) -> Result<Schema> {
    prisma_by_rules(prisma, rules).map_err(|error| {
        let hint = error.hint();
        Failure::new(Exit::Settings, error, hint)
    })
}
