use serde::Serialize;

use super::server::Trial;

/// One line of the plan's functional checklist (section 5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick {
    /// The plan's heading.
    pub group: String,
    /// The plan's line.
    pub line: String,
    /// Who saw to it.
    pub state: TickState,
}

/// Whether a line was tested, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TickState {
    /// Tested automatically, and right.
    Passed,
    /// Tested automatically, and wrong.
    Failed,
    /// Left to a person.
    ForAPerson,
}

impl TickState {
    /// The mark in a checklist.
    pub fn mark(self) -> char {
        match self {
            Self::Passed => 'x',
            Self::Failed => '!',
            Self::ForAPerson => ' ',
        }
    }
}

/// The plan's line that every trial covers.
pub const RESTART: &str = "Reiniciar servidor";

/// The plan's line that the checks after the restart cover together.
pub const PERSISTENCE: &str = "Verificar que datos persisten";

/// The plan's lines, in its own words.
const PLAN: &[(&str, &[&str])] = &[
    (
        "Test 1: Autenticación",
        &["Login con usuario existente (o admin/admin123)", "Crear nuevo usuario", "Cambiar contraseña", "Logout"],
    ),
    (
        "Test 2: WhatsApp",
        &[
            "Conectar WhatsApp (escanear QR)",
            "Verificar estado de conexión",
            "Enviar mensaje de prueba",
            "Recibir mensaje",
        ],
    ),
    (
        "Test 3: Configuración",
        &[
            "Actualizar configuración del bot",
            "Guardar API key de OpenAI",
            "Modificar system prompt",
            "Verificar que se guarda correctamente",
        ],
    ),
    (
        "Test 4: CRM",
        &["Ver lista de clientes", "Actualizar información de cliente", "Enviar mensaje manual", "Crear recordatorio"],
    ),
    ("Test 5: Persistencia", &[RESTART, PERSISTENCE, "Verificar que sesión de WhatsApp persiste"]),
];

/// The checklist: the plan's lines that no check covers are for a person; every check that ran is a line of its own.
///
/// A check covers a line of the plan by its group and the beginning of its name.
pub fn functional(trial: Option<&Trial>) -> Vec<Tick> {
    let mut ticks = Vec::new();
    for (group, lines) in PLAN {
        for line in *lines {
            let covered = trial.and_then(|trial| trial.state_of(group, line));
            let state = covered.unwrap_or(TickState::ForAPerson);
            ticks.push(Tick { group: (*group).to_owned(), line: (*line).to_owned(), state });
        }
        let own = trial.into_iter().flat_map(|trial| trial.checks_beyond(group, lines));
        ticks.extend(own.map(|(line, state)| Tick { group: (*group).to_owned(), line, state }));
    }
    ticks
}
