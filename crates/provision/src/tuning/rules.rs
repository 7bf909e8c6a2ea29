//! The rules, one group of settings each.

use super::{Disk, Machine, Setting, Share, System};

pub(super) const MIB: u64 = 1024 * 1024;
/// The plan's own number of connections.
const CONNECTIONS: u64 = 100;
/// Below this much memory for PostgreSQL, fewer connections will have to do.
const SMALL_MIB: u64 = 512;
/// Beyond this, PostgreSQL's own cache gains little over the system's.
const SHARED_BUFFERS_MIB_MAX: u64 = 8 * 1024;

/// How PostgreSQL's share of the memory is divided, in MiB.
pub(super) struct Memory {
    budget: u64,
    shared_buffers: u64,
    connections: u64,
    work_mem: u64,
}

impl Memory {
    pub(super) fn of(machine: &Machine) -> Self {
        let all = machine.memory_bytes / MIB;
        let budget = match machine.share {
            Share::WithApplication => all / 2,
            Share::Dedicated => all,
        };
        let shared_buffers = rounded(budget / 4, 16).clamp(32, SHARED_BUFFERS_MIB_MAX);
        let connections = if budget < SMALL_MIB { CONNECTIONS / 2 } else { CONNECTIONS };
        // A query may sort in several places at once: three on average, with every connection busy.
        let work_mem = (budget.saturating_sub(shared_buffers) / (connections * 3)).clamp(4, 64);
        Self { budget, shared_buffers, connections, work_mem }
    }
}

pub(super) fn connections_and_memory(machine: &Machine, memory: &Memory) -> Vec<Setting> {
    let share = match machine.share {
        Share::WithApplication => ("half of the machine's memory", "la mitad de la memoria de la máquina"),
        Share::Dedicated => ("the machine's memory", "la memoria de la máquina"),
    };
    let budget = size(memory.budget);
    // On Windows PostgreSQL takes no more than 2 GB here.
    let maintenance = rounded(memory.budget / 16, 16).clamp(32, 1024);
    vec![
        setting(
            "max_connections",
            memory.connections.to_string(),
            "Prisma opens twice the cores plus one per process; this leaves room for backups and people.",
            "Prisma abre el doble de núcleos más una por proceso; queda lugar para copias y personas.",
        ),
        setting(
            "shared_buffers",
            size(memory.shared_buffers),
            &format!("A quarter of PostgreSQL's share ({budget}, {}); needs a restart.", share.0),
            &format!("Un cuarto de la parte de PostgreSQL ({budget}, {}); requiere reiniciar.", share.1),
        ),
        setting(
            "work_mem",
            size(memory.work_mem),
            "For each sort or hash: what is left of the share, by the connections, by three such places in a query.",
            "Por cada orden o hash: lo que queda de la parte, entre las conexiones, entre tres lugares por consulta.",
        ),
        setting(
            "maintenance_work_mem",
            size(maintenance),
            "A sixteenth of the share, for vacuum and for building indexes.",
            "Un dieciseisavo de la parte, para vacuum y para crear índices.",
        ),
    ]
}

pub(super) fn write_ahead_log(machine: &Machine) -> Vec<Setting> {
    // A tenth of what is free, and no less than PostgreSQL's own default where the disk allows it.
    let most = machine.free_disk_bytes.map_or(1024, |free| rounded(free / MIB / 10, 16).clamp(256, 2048));
    vec![
        setting(
            "max_wal_size",
            size(most),
            "Checkpoints by time rather than by size, within a tenth of the free disk.",
            "Checkpoints por tiempo y no por tamaño, dentro de un décimo del disco libre.",
        ),
        setting(
            "min_wal_size",
            size((most / 4).max(80)),
            "Log files that are kept for use again in place of new ones.",
            "Archivos del registro que se guardan para reutilizarlos en lugar de crear otros.",
        ),
        setting(
            "checkpoint_completion_target",
            "0.9".to_owned(),
            "Spreads the writing of a checkpoint over the time until the next (the default since 14).",
            "Reparte la escritura de un checkpoint hasta el siguiente (valor por omisión desde la 14).",
        ),
        setting(
            "wal_compression",
            "on".to_owned(),
            "Whole pages in the log are text mostly, and smaller packed.",
            "Las páginas enteras del registro son sobre todo texto y ocupan menos comprimidas.",
        ),
    ]
}

pub(super) fn planner(machine: &Machine, memory: &Memory) -> Vec<Setting> {
    let mut settings = vec![
        setting(
            "effective_cache_size",
            size(rounded(memory.budget * 3 / 4, 16).max(64)),
            "Three quarters of the share: what PostgreSQL and the system cache together; reserves nothing.",
            "Tres cuartos de la parte: lo que PostgreSQL y el sistema guardan juntos; no reserva nada.",
        ),
        match machine.disk {
            Disk::Ssd => setting(
                "random_page_cost",
                "1.1".to_owned(),
                "On an SSD any page costs about as much as the next one, so indexes are worth using.",
                "En un SSD cualquier página cuesta casi lo mismo que la siguiente: los índices convienen.",
            ),
            Disk::Hdd => setting(
                "random_page_cost",
                "4".to_owned(),
                "A rotating disk has to move its head for any page but the next one.",
                "Un disco giratorio mueve el cabezal para toda página que no sea la siguiente.",
            ),
        },
    ];
    // Elsewhere PostgreSQL refuses anything but 0, and would not start.
    if machine.system == System::Linux {
        let (value, english, spanish) = match machine.disk {
            Disk::Ssd => ("200", "An SSD answers many requests at once.", "Un SSD atiende muchos pedidos a la vez."),
            Disk::Hdd => {
                ("2", "A rotating disk answers one request after another.", "Un disco giratorio los atiende de a uno.")
            }
        };
        settings.push(setting("effective_io_concurrency", value.to_owned(), english, spanish));
    }
    settings.push(setting(
        "jit",
        "off".to_owned(),
        "Chat queries are short: compiling them takes longer than running them.",
        "Las consultas de un chat son cortas: compilarlas tarda más que ejecutarlas.",
    ));
    settings
}

pub(super) fn parallel(machine: &Machine) -> Vec<Setting> {
    let cores = u64::from(machine.cores.max(1));
    vec![
        setting("max_parallel_workers", cores.to_string(), "One for each core.", "Uno por núcleo."),
        setting(
            "max_parallel_workers_per_gather",
            (cores / 2).min(4).to_string(),
            "Half of the cores at most for one query; the application needs the others.",
            "A lo sumo la mitad de los núcleos por consulta; la aplicación necesita los demás.",
        ),
    ]
}

pub(super) fn log(machine: &Machine) -> Vec<Setting> {
    let mut settings = vec![
        setting("log_min_duration_statement", "1s".to_owned(), "Shows what is slow.", "Muestra lo que es lento."),
        setting(
            "idle_in_transaction_session_timeout",
            "5min".to_owned(),
            "A transaction forgotten by a client keeps vacuum from cleaning up.",
            "Una transacción olvidada por un cliente impide que vacuum limpie.",
        ),
    ];
    if machine.server_major >= 13 {
        settings.push(setting(
            "log_parameter_max_length",
            "0".to_owned(),
            "Slow statements are logged without their values, which are people's messages.",
            "Las sentencias lentas se registran sin sus valores, que son mensajes de personas.",
        ));
    }
    settings
}

/// `256MB`, or `2GB` where it is a whole number of them.
pub(super) fn size(mib: u64) -> String {
    if mib >= 1024 && mib.is_multiple_of(1024) { format!("{}GB", mib / 1024) } else { format!("{mib}MB") }
}

/// Down to a multiple.
fn rounded(value: u64, to: u64) -> u64 {
    value / to * to
}

fn setting(name: &'static str, value: String, english: &str, spanish: &str) -> Setting {
    Setting { name, value, reason_english: english.to_owned(), reason_spanish: spanish.to_owned() }
}
