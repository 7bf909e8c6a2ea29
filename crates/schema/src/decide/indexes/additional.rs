use autobot_catalog::IndexObject;
use autobot_db::ColumnName;

use crate::ddl::NameRegistry;
use crate::decide::AdditionalIndex;
use crate::decide::draft::Draft;
use crate::decide::primary_keys::{list, quoted};

/// An index that the options ask for, named as Prisma names them; none when its table or a column is missing, or when
/// there is one over the same columns.
pub(super) fn index(
    draft: &Draft<'_>,
    wanted: &AdditionalIndex,
    objects: &[IndexObject],
    relations: &mut NameRegistry,
) -> Option<IndexObject> {
    let table = draft.table(&wanted.table)?;
    let columns: Option<Vec<ColumnName>> =
        wanted.columns.iter().map(|name| Some(table.column(name)?.map.target.clone())).collect();
    let columns = columns.filter(|columns| !columns.is_empty())?;
    let same = |object: &IndexObject| object.table == table.target && object.columns == columns;
    if objects.iter().any(same) {
        return None;
    }
    let parts: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
    let name = relations.free(&format!("{}_{}_idx", table.target, parts.join("_")));
    Some(IndexObject {
        table: table.target.clone(),
        sql: format!("CREATE INDEX {} ON {}({})", quoted(&name), table.target.quoted(), list(&columns)),
        name,
        constraint_sql: None,
        columns,
        unique: false,
        primary: false,
    })
}
