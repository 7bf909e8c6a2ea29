use autobot_catalog::TargetSchema;
use autobot_db::TableName;

use super::copy::copy;
use super::orphans::set_orphans_aside;
use super::run::Loading;
use super::schedule::Task;
use super::statistics::gather;
use crate::error::Error;
use crate::{TableReport, WorkReport};

/// What a task came to.
pub(crate) enum Done {
    /// A table is there.
    Copied {
        /// Position in the migration's target.
        table: usize,
        /// What became of its rows; none for a table that gets none.
        report: Option<Box<TableReport>>,
        /// Its keys are there too.
        with_keys: bool,
    },
    /// Orphans are set aside: how many from which table.
    OrphansAside(Vec<(TableName, u64)>),
    /// Another task is done.
    Other(Task),
}

/// Does one task on a session of its own, and says how long it took.
pub(crate) async fn work(loading: &Loading<'_>, task: Task) -> Result<(Done, WorkReport), Error> {
    let began = loading.meter.seconds();
    let done = do_task(loading, task).await?;
    let seconds = loading.meter.seconds() - began;
    Ok((done, WorkReport { what: task.name(&loading.crew.migration().target), began, seconds }))
}

async fn do_task(loading: &Loading<'_>, task: Task) -> Result<Done, Error> {
    let crew = loading.crew;
    let mut session = crew.session().await?;
    let migration = crew.migration();
    let target = &migration.target;
    let done = match task {
        Task::Copy(table) => copy(loading, &mut session, table).await?,
        Task::Orphans => Done::OrphansAside(set_orphans_aside(&mut session, &migration).await?),
        Task::Index(index) => {
            let index = &target.indexes[index];
            let table = target.tables.iter().position(|table| table.table == index.table);
            let sorting = table.map(|table| loading.sorting(table));
            let sql = sorting.map_or_else(|| index.sql.clone(), |sorting| sorting.build(&index.sql));
            session.run(format!("build the index `{}` of table `{}`", index.name, index.table), sql).await?;
            Done::Other(task)
        }
        Task::Attach(table) => {
            let table = &target.tables[table].table;
            let constraints = target.indexes.iter().filter(|index| index.table == *table);
            let missing = constraints.filter_map(|index| index.constraint_sql.clone());
            session.run(format!("make the keys of table `{table}`"), missing.collect::<Vec<_>>().join(";\n")).await?;
            Done::Other(task)
        }
        Task::ForeignKey(key) => {
            let key = &target.foreign_keys[key];
            session
                .run(format!("add the foreign key `{}` of table `{}`", key.name, key.table), key.sql.clone())
                .await?;
            Done::Other(task)
        }
        Task::Analyze(table) => {
            let table = &target.tables[table];
            session.run(format!("gather statistics of table `{}`", table.table), gather(&migration, table)).await?;
            Done::Other(task)
        }
    };
    crew.give_back(session);
    Ok(done)
}

impl Task {
    fn name(self, target: &TargetSchema) -> String {
        match self {
            Self::Copy(table) => format!("rows of {}", target.tables[table].table),
            Self::Orphans => "orphans".to_owned(),
            Self::Index(index) => format!("index {}", target.indexes[index].name),
            Self::Attach(table) => format!("keys of {}", target.tables[table].table),
            Self::Analyze(table) => format!("statistics of {}", target.tables[table].table),
            Self::ForeignKey(key) => format!("foreign key {}", target.foreign_keys[key].name),
        }
    }
}
