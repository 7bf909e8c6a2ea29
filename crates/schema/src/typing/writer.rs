use autobot_catalog::{EpochUnit, SourceCatalog};

/// The program that wrote a file, where it shows and tells what is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writer {
    /// Prisma's native engine.
    Prisma,
    /// Core Data, in which applications of Apple's systems keep their objects.
    CoreData,
    /// Any other.
    Unknown,
}

/// The tables that a program keeps for itself.
const KEPT: &[(Writer, &[&str])] =
    &[(Writer::Prisma, &["_prisma_migrations"]), (Writer::CoreData, &["Z_METADATA", "Z_PRIMARYKEY"])];

impl Writer {
    /// The writer of a file, by its tables.
    pub(crate) fn of(catalog: &SourceCatalog) -> Self {
        let wrote = |tables: &[&str]| tables.iter().all(|table| catalog.table(table).is_some());
        KEPT.iter().find(|(_, tables)| wrote(tables)).map_or(Self::Unknown, |(writer, _)| *writer)
    }

    /// What it counts where it stores a date as a number.
    pub(crate) fn unit(self) -> Option<EpochUnit> {
        match self {
            Self::Prisma => Some(EpochUnit::Milliseconds),
            Self::CoreData => Some(EpochUnit::AppleSeconds),
            Self::Unknown => None,
        }
    }
}
