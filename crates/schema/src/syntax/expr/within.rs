use super::Expr;

impl Expr {
    /// True when the expression or one within it passes.
    pub(crate) fn holds(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        test(self) || self.operands().into_iter().any(|operand| operand.holds(test))
    }

    fn operands(&self) -> Vec<&Self> {
        match self {
            Self::Null
            | Self::Truth(_)
            | Self::Number(_)
            | Self::Text(_)
            | Self::Blob(_)
            | Self::Column { .. }
            | Self::Current(_) => Vec::new(),
            Self::Unary(_, operand)
            | Self::IsNull { operand, .. }
            | Self::Cast { operand, .. }
            | Self::Collate { operand, .. } => vec![operand],
            Self::Binary(_, left, right) => vec![left, right],
            Self::Between { operand, low, high, .. } => vec![operand, low, high],
            Self::In { operand, list, .. } => std::iter::once(&**operand).chain(list).collect(),
            Self::Match { operand, pattern, escape, .. } => {
                [operand, pattern].into_iter().chain(escape).map(|inner| &**inner).collect()
            }
            Self::Case { operand, branches, otherwise } => {
                let branches = branches.iter().flat_map(|(when, then)| [when, then]);
                operand.iter().chain(otherwise).map(|inner| &**inner).chain(branches).collect()
            }
            Self::Function { arguments, .. } => arguments.iter().collect(),
        }
    }
}
