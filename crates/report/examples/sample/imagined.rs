//! Imagined runs: one that went well, one with every kind of trouble, a copy without an AutoBOT, the same
//! looked at again later, and a very large one.

use autobot_report::{
    Access, BackupFile, Bilingual, Check, CheckState, Difference, Finding, Lang, Level, PhaseReport, PhaseState, Place,
    Proof, Report, RollbackStep, Run, Sample, SchemaDifference, Section, ServerTrial, Severity, Since, SkippedTable,
    Source, Standing, Step, TableReport, User, Written,
};

const PHASES: [(&str, u64); 6] = [
    ("prepare", 2_310),
    ("provision", 6_840),
    ("configure", 95),
    ("migrate", 21_470),
    ("verify", 14_020),
    ("finish", 310),
];

/// A migration of an AutoBOT with a million messages.
pub(crate) fn migrated() -> Report {
    let samples = (0..=24_u64).map(|step| {
        let rows = 1_002_347 * step / 24 + if step % 24 == 0 { 0 } else { (step % 5) * 4_000 };
        Sample { ms: step * 500, rows, bytes: rows * 214 }
    });
    Report {
        run: run(),
        phases: phases(PhaseState::Done),
        tables: vec![
            table("User", 12, 0.02),
            table("Bot", 9, 0.01),
            table("Message", 1_000_000, 11.62),
            table("Reminder", 87, 0.02),
            table("Client", 2_239, 0.08),
        ],
        findings: vec![finding(Severity::Note, "AB101 like-case", "Client", "LIKE ignores case in SQLite")],
        sections: [
            ("backup", 2.3),
            ("assess", 3.1),
            ("load_rows", 12.0),
            ("indexes", 4.9),
            ("prove", 3.4),
            ("publish", 0.08),
        ]
        .map(|(name, seconds)| Section { name: name.to_owned(), seconds, began: None })
        .to_vec(),
        throughput: samples.collect(),
        proof: Some(Proof { level: Level::Content, equal: true, at: None, took_ms: Some(3_400), schema: Vec::new() }),
        access: Some(Access {
            env: "server/.env".to_owned(),
            tables: ["User", "Bot", "Message", "Reminder", "Client"]
                .map(|table| Written { table: table.to_owned(), inserted: !["User", "Bot"].contains(&table) })
                .to_vec(),
        }),
        server: Some(ServerTrial {
            command: "node index.js".to_owned(),
            started: true,
            restarted: true,
            log_clean: true,
            rows_changed_meanwhile: Some(0),
            failure: None,
        }),
        functional: functional(CheckState::Passed),
        users: vec![user(1, "admin", "ADMIN"), user(2, "maría", "USER"), user(3, "مريم", "USER")],
        backups: backups(),
        steps: steps(),
        rollback: rollback(),
        ..Report::default()
    }
}

/// Differences, failed tests, findings of all kinds, names that mean harm.
pub(crate) fn troubled() -> Report {
    let mut report = migrated();
    report.run.failure = Some("PostgreSQL does not hold what SQLite held".to_owned());
    report.phases[4].state = PhaseState::Failed;
    report.phases[5] =
        PhaseReport { number: 6, name: "finish".to_owned(), state: PhaseState::Pending, at: None, took_ms: None };
    for hostile in [
        "<script>alert(1)</script>",
        "a\"b' onload='x",
        "🤖 emoji & co",
        "שלום עולם",
        "evil\u{202e}txt.exe",
        "line\u{0}nul",
    ] {
        report.tables.push(table(hostile, 3, 0.001));
        report.findings.push(finding(Severity::Warning, "AB012 text-in-integer", hostile, hostile));
        report.warnings.push(hostile.to_owned());
        report.skipped.push(SkippedTable {
            table: hostile.to_owned(),
            reason: hostile.to_owned(),
            bookkeeping: false,
            rows: None,
        });
    }
    report.findings.push(finding(Severity::Problem, "AB020 bad-utf8", "Message", "2 texts are not UTF-8"));
    let message = &mut report.tables[2];
    message.rows_target -= 2;
    message.rows_quarantined = 2;
    message.changed.insert("nul=strip".to_owned(), 14);
    message.digest_target = Some("9f".repeat(32));
    message.differences_count = 3;
    message.differences = vec![
        Difference { kind: "missing".to_owned(), rowid: Some(4_711), ..Difference::default() },
        Difference {
            kind: "changed".to_owned(),
            key: vec!["a-1".to_owned(), "<b>".to_owned()],
            columns: vec![(
                "content".to_owned(),
                "text, 12 bytes, 3fa9c1".to_owned(),
                "text, 11 bytes, 77ab01".to_owned(),
            )],
            ..Difference::default()
        },
    ];
    let schema = SchemaDifference {
        table: "Client".to_owned(),
        object: "index Client_updatedAt_idx".to_owned(),
        expected: "(\"updatedAt\")".to_owned(),
        found: "nothing".to_owned(),
    };
    report.proof =
        Some(Proof { level: Level::Content, equal: false, at: None, took_ms: Some(3_400), schema: vec![schema] });
    report.functional = functional(CheckState::Failed);
    report
}

/// A source that does not go over: phase 1 said so, and nothing was copied.
pub(crate) fn refused() -> Report {
    let mut report = Report { run: run(), phases: phases(PhaseState::Done), backups: backups(), ..Report::default() };
    report.phases[0].state = PhaseState::Failed;
    for phase in &mut report.phases[1..] {
        *phase = PhaseReport { state: PhaseState::Pending, at: None, took_ms: None, ..phase.clone() };
    }
    report.run.failure = Some("`dev.db` cannot be migrated as it is: 1 kind of problem in 37 places".to_owned());
    report.run.hint = Some("mend the data, or allow it by a rule".to_owned());
    report.run.bad_rows = Some("reports/problems-dev.jsonl".to_owned());
    report.findings =
        vec![finding(Severity::Problem, "AB043 not-a-date", "Client", "`Client`.`chatId`: not a date that is read")];
    report
}

/// A copy of a database with no AutoBOT around it: no plan of record.
pub(crate) fn copied() -> Report {
    let mut report = migrated();
    report.phases.clear();
    report.functional.clear();
    report.users.clear();
    (report.server, report.access) = (None, None);
    report.steps.clear();
    report.backups.clear();
    report.rollback.clear();
    report.run.app_dir = None;
    report.run = Run { command: "autobot copy --source shop.db --target postgres://…".to_owned(), ..report.run };
    report
}

/// A copy looked at again after a month: a table for each thing that can have become of it.
pub(crate) fn later() -> Report {
    let became = [
        (Standing::Grown, 12),
        (Standing::Same, 0),
        (Standing::Grown, 30_214),
        (Standing::Gone, 0),
        (Standing::Changed, 4),
    ];
    let mut report = copied();
    for (table, (standing, new_min)) in report.tables.iter_mut().zip(became) {
        let gone_min = if standing == Standing::Gone { table.rows_target } else { 0 };
        let changed_min = if standing == Standing::Changed { 17 } else { 0 };
        let rows_now = table.rows_target + new_min - gone_min;
        table.since = Some(Since { standing, rows_now, new_min, gone_min, changed_min });
    }
    "autobot verify --against report.json".clone_into(&mut report.run.command);
    report.run.against = Some("report.json".to_owned());
    (report.proof, report.findings) = (None, Vec::new());
    (report.sections, report.throughput) = (Vec::new(), Vec::new());
    report
}

/// Five hundred tables and a thousand findings.
pub(crate) fn large() -> Report {
    let mut report = migrated();
    report.tables = (1..=500_u64).map(|number| table(&format!("table_{number:03}"), number * 37, 0.01)).collect();
    let severities = [Severity::Problem, Severity::Warning, Severity::Note];
    let one = |number: usize| {
        finding(
            severities[number % 3],
            "AB012 text-in-integer",
            &format!("table_{:03}", number % 500),
            "text in a number column",
        )
    };
    report.findings = (0..1000).map(one).collect();
    report
}

fn run() -> Run {
    Run {
        tool_version: "0.1.0".to_owned(),
        command: "autobot migrate".to_owned(),
        started_at: "2025-11-24T20:15:00Z".to_owned(),
        ended_at: Some("2025-11-24T20:15:47.120Z".to_owned()),
        source: Source {
            path: "server/prisma/dev.db".to_owned(),
            size_bytes: 251_400_192,
            sha256: Some("c0ffee42".repeat(8)),
        },
        target: "postgres://autobot:****@127.0.0.1:54329/autobot".to_owned(),
        server_version: Some("PostgreSQL 17.5".to_owned()),
        provider: Some("embedded".to_owned()),
        app_dir: Some("/srv/whatsapp-ai-bot".to_owned()),
        work_dir: Some("/srv/whatsapp-ai-bot/.autobot-migration".to_owned()),
        lang: Lang::Es,
        took_ms: Some(45_045),
        ..Run::default()
    }
}

fn phases(state: PhaseState) -> Vec<PhaseReport> {
    let phase = |(number, (name, took_ms)): (u8, (&str, u64))| PhaseReport {
        number,
        name: name.to_owned(),
        state,
        at: Some(format!("2025-11-24T20:15:{:02}Z", number * 7)),
        took_ms: Some(took_ms),
    };
    (1..).zip(PHASES).map(phase).collect()
}

fn table(name: &str, rows: u64, seconds: f64) -> TableReport {
    let digest: String = (0..64_u64)
        .map(|place| char::from(b"0123456789abcdef"[usize::try_from((rows * 7 + place * place * 3) % 16).unwrap_or(0)]))
        .collect();
    TableReport {
        source: name.to_owned(),
        target: name.to_owned(),
        rows_source: rows,
        rows_target: rows,
        digest_source: Some(digest.clone()),
        digest_target: Some(digest),
        seconds: Some(seconds),
        bytes: Some(rows * 214),
        ..TableReport::default()
    }
}

fn finding(severity: Severity, code: &str, table: &str, message: &str) -> Finding {
    Finding {
        code: code.to_owned(),
        severity,
        table: Some(table.to_owned()),
        column: Some("chatId".to_owned()),
        object: None,
        count: 37,
        places: vec![
            Place { rowid: Some(12), key: Vec::new(), class: "text".to_owned(), sample: "6162633132".to_owned() },
            Place {
                rowid: None,
                key: vec!["a".to_owned(), "b".to_owned()],
                class: "blob".to_owned(),
                sample: String::new(),
            },
        ],
        message: message.to_owned(),
        remedy: Some("allow it with `on_invalid = \"quarantine\"` in the table's rule".to_owned()),
    }
}

fn functional(sending: CheckState) -> Vec<Check> {
    let lines = [
        ("Test 1: Autenticación", "Login con usuario existente (o admin/admin123)", CheckState::Passed),
        ("Test 1: Autenticación", "Crear nuevo usuario", CheckState::Passed),
        ("Test 1: Autenticación", "Cambiar contraseña", CheckState::Passed),
        ("Test 1: Autenticación", "Logout", CheckState::Passed),
        ("Test 2: WhatsApp", "Conectar WhatsApp (escanear QR)", CheckState::ForAPerson),
        ("Test 2: WhatsApp", "Verificar estado de conexión", CheckState::ForAPerson),
        ("Test 2: WhatsApp", "Enviar mensaje de prueba", CheckState::ForAPerson),
        ("Test 2: WhatsApp", "Recibir mensaje", CheckState::ForAPerson),
        ("Test 3: Configuración", "Actualizar configuración del bot", CheckState::Passed),
        ("Test 3: Configuración", "Guardar API key de OpenAI", CheckState::Passed),
        ("Test 3: Configuración", "Modificar system prompt", CheckState::Passed),
        ("Test 3: Configuración", "Verificar que se guarda correctamente", CheckState::Passed),
        ("Test 4: CRM", "Ver lista de clientes", CheckState::Passed),
        ("Test 4: CRM", "Actualizar información de cliente", CheckState::Passed),
        ("Test 4: CRM", "Enviar mensaje manual", sending),
        ("Test 4: CRM", "Crear recordatorio", CheckState::Passed),
        ("Test 5: Persistencia", "Reiniciar servidor", CheckState::Passed),
        ("Test 5: Persistencia", "Verificar que datos persisten", CheckState::Passed),
        ("Test 5: Persistencia", "Verificar que sesión de WhatsApp persiste", CheckState::ForAPerson),
    ];
    let check = |(group, line, state): (&str, &str, CheckState)| Check {
        group: group.to_owned(),
        line: line.to_owned(),
        state,
        note: (state == CheckState::Failed).then(|| "POST /messages: expected 201, got 500".to_owned()),
    };
    lines.map(check).to_vec()
}

fn user(id: u64, username: &str, role: &str) -> User {
    User { id: Some(id.to_string()), username: Some(username.to_owned()), role: Some(role.to_owned()) }
}

fn backups() -> Vec<BackupFile> {
    let folder = ".autobot-migration/backups/20251124_201500";
    let files = [
        ("dev.db.backup_20251124_201500", "database", 251_400_192),
        ("env.backup", "environment", 412),
        ("schema.prisma", "schema", 2_190),
        ("sessions_backup_20251124_201500.tar.gz", "sessions", 1_204_551),
        ("sqlite_dump_20251124_201500.sql", "dump", 298_112_004),
        ("row_counts.json", "row_counts", 231),
        ("bot_configs_backup.json", "export", 7_341),
    ];
    files
        .map(|(name, kind, size_bytes)| BackupFile {
            path: format!("{folder}/{name}"),
            kind: kind.to_owned(),
            size_bytes,
            sha256: Some("5ca1ab1e".repeat(8)),
        })
        .to_vec()
}

fn steps() -> std::collections::BTreeMap<Step, String> {
    let steps = [
        (Step::BackupReadBack, "7 files"),
        (Step::ServerRunning, "PostgreSQL 17.5"),
        (Step::DatabaseReady, "autobot"),
        (Step::SchemaProviderSet, "server/prisma/schema.prisma"),
        (Step::EnvUrlSet, "server/.env"),
        (Step::OldMigrationsMoved, "backups/20251124_201500/app/migrations"),
        (Step::InitialMigrationWritten, "server/prisma/migrations/20251124201500_init_postgresql"),
        (Step::ClientGenerated, "npx prisma generate"),
        (Step::BackupScriptWritten, "backup_postgres.sh"),
        (Step::BackupScheduleWritten, "autobot-backup.timer, autobot-backup.xml"),
        (Step::ReadmeWritten, "README.md"),
        (Step::SourceArchived, "server/prisma/archive/dev.db_20251124_201500"),
    ];
    steps.map(|(step, evidence)| (step, evidence.to_owned())).into()
}

fn rollback() -> Vec<RollbackStep> {
    let step = |en: &str, es: &str, command: &str| RollbackStep {
        text: Bilingual { en: en.to_owned(), es: es.to_owned() },
        command: Some(command.to_owned()),
    };
    vec![
        step(
            "Back to SQLite: database, .env, schema and migrations.",
            "Volver a SQLite: base de datos, .env, esquema y migraciones.",
            "autobot rollback sqlite",
        ),
        step(
            "Or restore PostgreSQL from a backup.",
            "O restaurar PostgreSQL desde un backup.",
            "autobot rollback postgres --from backups/autobot_20251124.sql.gz",
        ),
    ]
}
