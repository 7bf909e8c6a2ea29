use std::collections::HashMap;

use autobot_catalog::Migration;

use crate::Options;
use crate::stage::StageState;

/// A table with less data than this gets its keys in the transaction that loads it: one commit instead of several.
pub(crate) const SMALL_BYTES: u64 = 1024 * 1024;

/// Something that one session does at a time. Numbers are positions in the migration's target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Make a table and load its rows; a small one gets its keys and statistics too.
    Copy(usize),
    /// Set aside the rows that refer to nothing, when all rows are there.
    Orphans,
    /// Build an index.
    Index(usize),
    /// Make the finished indexes of a table its constraints.
    Attach(usize),
    /// Add a foreign key.
    ForeignKey(usize),
    /// Gather the statistics of a table.
    Analyze(usize),
}

/// Which tasks are left, which may run now, and which is best.
///
/// Largest tables first, because the last COPY decides when the last index can begin; an index rather than a second
/// COPY, because COPY keeps one core of the client busy too; before the indexes of a table what only one process works at,
/// because the proof works beside it then. Tables are locked here as the statements lock them on the
/// server, so that no session waits for another there.
#[derive(Debug)]
pub(crate) struct Schedule {
    tables: Vec<Table>,
    indexes: Vec<Index>,
    foreign_keys: Vec<ForeignKey>,
    /// Tables to load, the largest last.
    copies: Vec<usize>,
    copies_running: usize,
    copies_max: usize,
    orphans: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    ToDo,
    Running,
    Done,
}

#[derive(Debug)]
struct Table {
    rows: Stage,
    attached: Stage,
    analyzed: Stage,
    /// Orphans may leave it: its indexes wait until they have.
    loses_orphans: bool,
    /// Index builds that run on it.
    shared: usize,
    /// Something runs on it that admits nothing else.
    exclusive: bool,
}

#[derive(Debug)]
struct Index {
    table: usize,
    cost: usize,
    unique: bool,
    on_expression: bool,
    stage: Stage,
}

#[derive(Debug)]
struct ForeignKey {
    child: usize,
    parent: usize,
    stage: Stage,
}

impl Schedule {
    /// What a stage in this state still lacks; `bytes` is the estimated size of each table of the target.
    pub(crate) fn new(
        migration: &Migration,
        state: &StageState,
        bytes: &[u64],
        options: &Options,
        copies_max: usize,
    ) -> Self {
        let target = &migration.target;
        let position: HashMap<&str, usize> =
            target.tables.iter().enumerate().map(|(index, table)| (table.table.as_str(), index)).collect();
        let done = |so: bool| if so { Stage::Done } else { Stage::ToDo };
        let indexes = target.indexes.iter().filter_map(|index| {
            let table = *position.get(index.table.as_str())?;
            let cost = index.columns.len().max(1) * if index.primary { 1 } else { 2 };
            let on_expression = index.columns.is_empty();
            Some(Index { table, cost, unique: index.unique, on_expression, stage: done(state.has_index(index)) })
        });
        let keys = target.foreign_keys.iter().filter_map(|key| {
            let (child, parent) = (*position.get(key.table.as_str())?, *position.get(key.parent.as_str())?);
            Some(ForeignKey { child, parent, stage: done(state.has_foreign_key(key)) })
        });
        let tables = target.tables.iter().map(|table| Table {
            rows: done(state.has_rows(&table.table)),
            attached: done(target.indexes.iter().filter(|i| i.table == table.table).all(|i| state.has_constraint(i))),
            analyzed: done(!options.analyze),
            loses_orphans: migration.tables.iter().any(|m| m.target == table.table && !m.quarantine_orphans.is_empty()),
            shared: 0,
            exclusive: false,
        });
        let tables: Vec<Table> = tables.collect();
        let mut copies: Vec<usize> = (0..tables.len()).filter(|index| tables[*index].rows == Stage::ToDo).collect();
        copies.sort_by_key(|index| bytes.get(*index).copied().unwrap_or(0));
        let orphans = done(state.orphans_done || !tables.iter().any(|table| table.loses_orphans));
        Self {
            indexes: indexes.collect(),
            foreign_keys: keys.collect(),
            tables,
            copies,
            copies_running: 0,
            copies_max,
            orphans,
        }
    }

    /// The best task that may run now; it counts as running from here on.
    pub(crate) fn next(&mut self) -> Option<Task> {
        let task = if self.copies_running == 0 { self.copy() } else { None };
        let task = task.or_else(|| self.orphans()).or_else(|| self.foreign_key()).or_else(|| self.analyze(true));
        let task = task.or_else(|| self.index()).or_else(|| self.attach(true)).or_else(|| self.analyze(false));
        task.or_else(|| self.attach(false)).or_else(|| self.copy())
    }

    /// A table's rows are there; with its keys and statistics, if it was small.
    pub(crate) fn copied(&mut self, table: usize, with_keys: bool) {
        self.copies_running -= 1;
        self.tables[table].rows = Stage::Done;
        self.tables[table].exclusive = false;
        if with_keys {
            self.tables[table].attached = Stage::Done;
            if !self.tables[table].loses_orphans {
                self.tables[table].analyzed = Stage::Done;
            }
            for index in self.indexes.iter_mut().filter(|index| index.table == table) {
                index.stage = Stage::Done;
            }
        }
    }

    /// Another task than COPY is done.
    pub(crate) fn done(&mut self, task: Task) {
        match task {
            Task::Copy(table) => self.copied(table, false),
            Task::Orphans => {
                self.orphans = Stage::Done;
                self.tables.iter_mut().for_each(|table| table.exclusive = false);
            }
            Task::Index(index) => {
                self.indexes[index].stage = Stage::Done;
                self.tables[self.indexes[index].table].shared -= 1;
            }
            Task::Attach(table) => {
                self.tables[table].attached = Stage::Done;
                self.tables[table].exclusive = false;
            }
            Task::ForeignKey(key) => {
                self.foreign_keys[key].stage = Stage::Done;
                let (child, parent) = (self.foreign_keys[key].child, self.foreign_keys[key].parent);
                self.tables[child].exclusive = false;
                self.tables[parent].exclusive = false;
            }
            Task::Analyze(table) => {
                self.tables[table].analyzed = Stage::Done;
                self.tables[table].exclusive = false;
            }
        }
    }

    /// True when orphans are (or need not be) set aside from the table and its rows are there.
    pub(crate) fn is_settled(&self, table: usize) -> bool {
        let table = &self.tables[table];
        table.rows == Stage::Done && (self.orphans == Stage::Done || !table.loses_orphans)
    }

    fn copy(&mut self) -> Option<Task> {
        if self.copies_running >= self.copies_max {
            return None;
        }
        let table = self.copies.pop()?;
        self.copies_running += 1;
        self.tables[table].rows = Stage::Running;
        self.tables[table].exclusive = true;
        Some(Task::Copy(table))
    }

    fn orphans(&mut self) -> Option<Task> {
        let ready = self.tables.iter().all(|table| table.rows == Stage::Done && is_free(table));
        if self.orphans != Stage::ToDo || !ready {
            return None;
        }
        self.orphans = Stage::Running;
        self.tables.iter_mut().for_each(|table| table.exclusive = true);
        Some(Task::Orphans)
    }

    fn index(&mut self) -> Option<Task> {
        let ready = |index: &Index| {
            index.stage == Stage::ToDo && self.is_settled(index.table) && !self.tables[index.table].exclusive
        };
        let best = (0..self.indexes.len()).filter(|index| ready(&self.indexes[*index]));
        let best = best.max_by_key(|index| (self.indexes[*index].cost, usize::MAX - index))?;
        self.indexes[best].stage = Stage::Running;
        self.tables[self.indexes[best].table].shared += 1;
        Some(Task::Index(best))
    }

    /// A foreign key needs the rows of both tables and the unique indexes of the parent.
    fn foreign_key(&mut self) -> Option<Task> {
        if self.orphans != Stage::Done {
            return None;
        }
        let best = self.foreign_keys.iter().position(|key| self.may_refer(key))?;
        let key = &mut self.foreign_keys[best];
        key.stage = Stage::Running;
        let (child, parent) = (key.child, key.parent);
        self.tables[child].exclusive = true;
        self.tables[parent].exclusive = true;
        Some(Task::ForeignKey(best))
    }

    fn may_refer(&self, key: &ForeignKey) -> bool {
        let (child, parent) = (&self.tables[key.child], &self.tables[key.parent]);
        let unique_done = || self.indexes.iter().all(|i| i.table != key.parent || !i.unique || i.stage == Stage::Done);
        key.stage == Stage::ToDo
            && child.rows == Stage::Done
            && parent.rows == Stage::Done
            && parent.attached == Stage::Done
            && is_free(child)
            && is_free(parent)
            && unique_done()
    }

    /// One process gathers statistics, and no index is built meanwhile: `early`, before the first one, while the proof reads
    /// the table and keeps the other cores busy. Where an index is on an expression, after the last, since it has
    /// statistics of its own.
    fn analyze(&mut self, early: bool) -> Option<Task> {
        let untouched = |table: usize| {
            let mut indexes = self.indexes.iter().filter(|index| index.table == table);
            indexes.all(|index| index.stage == Stage::ToDo && !index.on_expression)
        };
        let may = |table: usize| if early { self.is_idle(table) && untouched(table) } else { self.is_indexed(table) };
        let table = (0..self.tables.len()).find(|table| self.tables[*table].analyzed == Stage::ToDo && may(*table))?;
        self.tables[table].analyzed = Stage::Running;
        self.tables[table].exclusive = true;
        Some(Task::Analyze(table))
    }

    /// Constraints come last, but of tables that others wait to refer to: making one waits for whoever reads the table, and
    /// the proof may be doing so.
    fn attach(&mut self, parents: bool) -> Option<Task> {
        let waits = |key: &ForeignKey| key.stage == Stage::ToDo;
        let is_parent = |table: usize| self.foreign_keys.iter().any(|key| key.parent == table && waits(key));
        let ready = |table: &usize| {
            self.tables[*table].attached == Stage::ToDo && self.is_indexed(*table) && (!parents || is_parent(*table))
        };
        let table = (0..self.tables.len()).find(ready)?;
        self.tables[table].attached = Stage::Running;
        self.tables[table].exclusive = true;
        Some(Task::Attach(table))
    }

    /// True when a table has all its rows and indexes, and nothing works on it.
    fn is_indexed(&self, table: usize) -> bool {
        let indexes_done = || self.indexes.iter().all(|index| index.table != table || index.stage == Stage::Done);
        self.is_idle(table) && indexes_done()
    }

    /// True when a table has all its rows, and nothing works on it.
    fn is_idle(&self, table: usize) -> bool {
        self.is_settled(table) && is_free(&self.tables[table])
    }
}

fn is_free(table: &Table) -> bool {
    table.shared == 0 && !table.exclusive
}

#[cfg(test)]
mod tests;
