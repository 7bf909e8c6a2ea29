use autobot_db::TableName;

use crate::STAGE_SCHEMA;

const MIB: u64 = 1024 * 1024;

/// From this size on an index is built by several processes: to start them takes longer than to sort a small one.
const SEVERAL_FROM_BYTES: u64 = 32 * MIB;

/// What each process that builds an index sorts in memory, in KiB, for a table of up to so many bytes.
///
/// Little is better: PostgreSQL writes a run to a file when that memory is full, and a run that fits into the processor's
/// cache is sorted in half the time of one that does not (docs/performance.md). In 4 MiB it merges 15 runs at a time
/// (`tuplesort_merge_order`: 264 KiB a run): more memory for a larger table keeps it at two or three passes.
const MEMORY: [(u64, u64); 3] = [(16 * 1024 * MIB, 4 * 1024), (256 * 1024 * MIB, 16 * 1024), (u64::MAX, 64 * 1024)];

/// How the indexes of a table are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sorting {
    /// Processes that help the session.
    workers: u32,
    /// `maintenance_work_mem` in KiB, which PostgreSQL divides among the session and its helpers.
    memory_kib: u64,
}

impl Sorting {
    /// For a table of about so many bytes; `workers`: how many may help with a large one.
    pub(super) fn of(bytes: u64, workers: u32) -> Self {
        let workers = if bytes < SEVERAL_FROM_BYTES { 0 } else { workers };
        let [.., (_, most)] = MEMORY;
        let each = MEMORY.iter().find(|(up_to, _)| bytes <= *up_to).map_or(most, |(_, kib)| *kib);
        Self { workers, memory_kib: each * u64::from(workers + 1) }
    }

    /// SQL for the transaction that makes the table: how many processes help with its indexes. By itself PostgreSQL lets
    /// none help that has less than 32 MiB to sort in; what a table says of itself goes before that
    /// (`plan_create_index_workers`). Publishing takes it back.
    pub(super) fn of_table(self, table: &TableName) -> String {
        match self.workers {
            0 => String::new(),
            workers => format!("alter table {STAGE_SCHEMA}.{} set (parallel_workers = {workers})", table.quoted()),
        }
    }

    /// SQL that builds an index so. The session's own `maintenance_work_mem` stays: foreign keys are checked in it.
    pub(super) fn build(self, index: &str) -> String {
        format!("set local maintenance_work_mem = '{}kB'; {index}", self.memory_kib)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_larger_table_gets_more_processes_and_memory() {
        let of = |bytes| {
            let sorting = Sorting::of(bytes, 1);
            (sorting.workers, sorting.memory_kib)
        };
        let gib = 1024 * MIB;
        assert_eq!([of(0), of(31 * MIB)], [(0, 4096), (0, 4096)]);
        assert_eq!([of(32 * MIB), of(16 * gib)], [(1, 8192), (1, 8192)]);
        assert_eq!([of(17 * gib), of(u64::MAX)], [(1, 32_768), (1, 131_072)]);
        assert_eq!(Sorting::of(gib, 0), Sorting { workers: 0, memory_kib: 4096 });
    }
}
