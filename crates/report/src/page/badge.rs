use super::Page;
use crate::markup::Markup;
use crate::texts::Text;
use crate::{CheckState, CriterionState, LineState, PhaseState, Standing};

/// A state as sign, colour and word: the word alone is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Badge {
    kind: &'static str,
    sign: &'static str,
    word: Text,
}

impl Badge {
    pub(super) const EQUAL: Self = Self::good(Text::StateEqual);
    pub(super) const DIFFERENT: Self = Self::bad(Text::StateDifferent);
    pub(super) const UNCOMPARED: Self = Self::open(Text::StateUncompared);

    const fn good(word: Text) -> Self {
        Self { kind: "badge good", sign: "✓", word }
    }

    const fn bad(word: Text) -> Self {
        Self { kind: "badge bad", sign: "✗", word }
    }

    const fn person(word: Text) -> Self {
        Self { kind: "badge person", sign: "○", word }
    }

    const fn open(word: Text) -> Self {
        Self { kind: "badge open", sign: "–", word }
    }

    pub(super) fn write(self, page: Page<'_>, markup: &mut Markup) {
        markup.within("span", &[("class", self.kind)], |markup| {
            markup.leaf("span", &[("aria-hidden", "true")], self.sign);
            markup.text(" ");
            markup.text(page.say(self.word));
        });
    }
}

impl From<Standing> for Badge {
    fn from(standing: Standing) -> Self {
        match standing {
            Standing::Same => Self::good(Text::StandingSame),
            Standing::Grown => Self::good(Text::StandingGrown),
            Standing::Changed => Self::bad(Text::StandingChanged),
            Standing::Unclear => Self::person(Text::StandingUnclear),
            Standing::Gone => Self::bad(Text::StandingGone),
            Standing::Unknown => Self::open(Text::StandingUnknown),
        }
    }
}

impl From<CriterionState> for Badge {
    fn from(state: CriterionState) -> Self {
        match state {
            CriterionState::Proved => Self::good(Text::StateProved),
            CriterionState::ForAPerson => Self::person(Text::StateForAPerson),
            CriterionState::Failed => Self::bad(Text::StateFailed),
        }
    }
}

impl From<LineState> for Badge {
    fn from(state: LineState) -> Self {
        match state {
            LineState::Done => Self::good(Text::StateDone),
            LineState::NotYet => Self::open(Text::StateNotYet),
            LineState::ForAPerson => Self::person(Text::StateForAPerson),
            LineState::Failed => Self::bad(Text::StateFailed),
        }
    }
}

impl From<CheckState> for Badge {
    fn from(state: CheckState) -> Self {
        match state {
            CheckState::Passed => Self::good(Text::StatePassed),
            CheckState::Failed => Self::bad(Text::StateFailed),
            CheckState::ForAPerson => Self::person(Text::StateForAPerson),
        }
    }
}

impl From<PhaseState> for Badge {
    fn from(state: PhaseState) -> Self {
        match state {
            PhaseState::Pending => Self::open(Text::StateNotYet),
            PhaseState::Begun => Self::person(Text::StateBegun),
            PhaseState::Failed => Self::bad(Text::StateFailed),
            PhaseState::Done => Self::good(Text::StateDone),
        }
    }
}
