use super::Page;
use crate::Words;
use crate::markup::Markup;
use crate::texts::words;
use crate::{CheckState, CriterionState, LineState, PhaseState, Standing};

/// A state as sign, colour and word: the word alone is enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Badge {
    kind: &'static str,
    sign: &'static str,
    word: Words,
}

impl Badge {
    pub(super) const EQUAL: Self = Self::good(words::STATE_EQUAL);
    pub(super) const DIFFERENT: Self = Self::bad(words::STATE_DIFFERENT);
    pub(super) const UNCOMPARED: Self = Self::open(words::STATE_UNCOMPARED);

    const fn good(word: Words) -> Self {
        Self { kind: "badge good", sign: "✓", word }
    }

    const fn bad(word: Words) -> Self {
        Self { kind: "badge bad", sign: "✗", word }
    }

    const fn person(word: Words) -> Self {
        Self { kind: "badge person", sign: "○", word }
    }

    const fn open(word: Words) -> Self {
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
            Standing::Same => Self::good(words::STANDING_SAME),
            Standing::Grown => Self::good(words::STANDING_GROWN),
            Standing::Changed => Self::bad(words::STANDING_CHANGED),
            Standing::Unclear => Self::person(words::STANDING_UNCLEAR),
            Standing::Gone => Self::bad(words::STANDING_GONE),
            Standing::Unknown => Self::open(words::STANDING_UNKNOWN),
        }
    }
}

impl From<CriterionState> for Badge {
    fn from(state: CriterionState) -> Self {
        match state {
            CriterionState::Proved => Self::good(words::STATE_PROVED),
            CriterionState::DataProved => Self { kind: "badge person", sign: "✓", word: words::STATE_DATA_PROVED },
            CriterionState::ForAPerson => Self::person(words::STATE_FOR_A_PERSON),
            CriterionState::Failed => Self::bad(words::STATE_FAILED),
        }
    }
}

impl From<LineState> for Badge {
    fn from(state: LineState) -> Self {
        match state {
            LineState::Done => Self::good(words::STATE_DONE),
            LineState::NotYet => Self::open(words::STATE_NOT_YET),
            LineState::ForAPerson => Self::person(words::STATE_FOR_A_PERSON),
            LineState::Failed => Self::bad(words::STATE_FAILED),
        }
    }
}

impl From<CheckState> for Badge {
    fn from(state: CheckState) -> Self {
        match state {
            CheckState::Passed => Self::good(words::STATE_PASSED),
            CheckState::Failed => Self::bad(words::STATE_FAILED),
            CheckState::ForAPerson => Self::person(words::STATE_FOR_A_PERSON),
        }
    }
}

impl From<PhaseState> for Badge {
    fn from(state: PhaseState) -> Self {
        match state {
            PhaseState::Pending => Self::open(words::STATE_NOT_YET),
            PhaseState::Begun => Self::person(words::STATE_BEGUN),
            PhaseState::Failed => Self::bad(words::STATE_FAILED),
            PhaseState::Done => Self::good(words::STATE_DONE),
        }
    }
}
