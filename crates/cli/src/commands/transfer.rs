use crate::args::{AssessLevel, CopyArgs, Level, SourceArgs, TransferArgs};
use crate::{Context, Exit, Result};

/// `autobot transfer`: rows into tables that exist and are empty; they are compared with what would be made, filled in
/// the stage and replaced in one transaction. The comparison of content is left to `autobot verify`.
pub async fn transfer(context: &Context, args: &TransferArgs) -> Result<Exit> {
    let SourceArgs { source, prisma } = &args.source;
    let copy = CopyArgs {
        source: SourceArgs { source: source.clone(), prisma: prisma.clone() },
        dry_run: args.dry_run,
        verify: Level::None,
        assess: AssessLevel::Full,
        batches: None,
        statistics: None,
    };
    super::copy::copy(context, &copy).await
}
