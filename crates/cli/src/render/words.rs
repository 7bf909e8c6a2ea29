//! What the summary on the screen says, in both languages. Errors, hints and help stay English.

use std::fmt::Display;

use autobot_plan::Phase;
use autobot_report::{Lang, Words, words};

words! {
    // Comparison
    TABLE = "table", "tabla";
    ROWS_SOURCE = "rows source", "filas origen";
    ROWS_TARGET = "rows target", "filas destino";
    CONTENT = "content", "contenido";
    EQUAL = "equal #{digest}", "igual #{digest}";
    COUNTS_EQUAL = "counts equal", "recuento igual";
    DIFFERENT = "DIFFERENT", "DISTINTO";
    COPIED = "{rows} rows copied, {proof}; report: {report}", "{rows} filas copiadas, {proof}; informe: {report}";
    PROVED = "every value compared and equal", "cada valor comparado e igual";
    NOT_COMPARED = "not compared", "sin comparar";
    TABLE_DIFFERS = "{table}: {source} rows in the source, {target} in the target, {differences} differences",
        "{table}: {source} filas en el origen, {target} en el destino, {differences} diferencias";
    SCHEMA_DIFFERS = "{table} {object}: expected {expected}, found {found}",
        "{table} {object}: se esperaba {expected}, se encontró {found}";
    COLUMN_DIFFERS = "{column}: source {source}, target {target}", "{column}: origen {source}, destino {target}";
    BY_ROWID = "rowid {rowid}", "rowid {rowid}";
    BY_KEY = "key {key}", "clave {key}";
    WITHOUT_KEY = "a row without a key", "una fila sin clave";
    MISSING = "missing in the target", "falta en el destino";
    EXTRA = "only in the target", "solo en el destino";
    ROW_CHANGED = "changed", "modificada";
    // Comparison with an earlier report
    ROWS_THEN = "rows then", "filas entonces";
    ROWS_NOW = "rows now", "filas ahora";
    NEW = "new", "nuevas";
    GONE = "gone", "faltan";
    CHANGED = "changed", "cambiadas";
    STANDING = "standing", "estado";
    SAME = "same", "igual";
    GROWN = "grown", "con filas nuevas";
    TABLE_CHANGED = "changed", "cambiada";
    UNCLEAR = "unclear", "no está claro";
    TABLE_GONE = "gone", "ya no está";
    UNKNOWN = "unknown", "no se sabe";
    // Phases
    PHASE = "phase", "fase";
    STATE = "state", "estado";
    WHEN = "when", "cuándo";
    TOOK = "took", "duración";
    DONE = "done", "hecha";
    BEGUN = "begun", "comenzada";
    TO_DO = "to do", "pendiente";
    PREPARE = "prepare", "preparar";
    PROVISION = "provision", "provisionar";
    CONFIGURE = "configure", "configurar";
    MIGRATE = "migrate", "migrar";
    VERIFY = "verify", "verificar";
    FINISH = "finish", "finalizar";
    TARGET = "target: {target}", "destino: {target}";
    LAST_FAILURE = "last failure: {change}: {error}", "último fallo: {change}: {error}";
    ROLLED_BACK_TO = "rolled back to {option}; `autobot migrate` begins anew",
        "se volvió a {option}; `autobot migrate` empieza de nuevo";
    PHASE_BEGINS = "Phase {number}: {phase}", "Fase {number}: {phase}";
    PHASE_ENDED = "Phase {number} ({phase}) is done", "Fase {number} ({phase}) terminada";
    PHASE_BEFORE = "phase {number} ({phase}) is done already", "la fase {number} ({phase}) ya está hecha";
    DRY_RUN = "Phase {number} ({phase}), dry run: nothing is touched", "Fase {number} ({phase}), simulación: no se toca nada";
    ALREADY_SO = "(already so)", "(ya está así)";
    TIME_TAKEN = "in {time}", "en {time}";
    NO_SERVER = "the server has no command in the settings: starting it is left to a person",
        "el servidor no tiene comando en los ajustes: iniciarlo queda para una persona";
    SERVER_TRIED = "the server started twice, {checks} functional tests passed",
        "el servidor se inició dos veces, {checks} pruebas funcionales superadas";
    NEXT_OR_ALL = "next: autobot phase {number} ({phase}), or autobot migrate for all that is left",
        "siguiente: autobot phase {number} ({phase}), o autobot migrate para todo lo que queda";
    NEXT = "next: autobot phase {number} ({phase})", "siguiente: autobot phase {number} ({phase})";
    ALL_DONE_STATUS = "all six phases are done: autobot status", "las seis fases están hechas: autobot status";
    ALL_DONE_BACK = "all six phases are done; `autobot rollback sqlite` goes back",
        "las seis fases están hechas; `autobot rollback sqlite` vuelve atrás";
    ALL_DONE = "all six phases are done; `autobot status` shows them, `autobot rollback sqlite` goes back",
        "las seis fases están hechas; `autobot status` las muestra, `autobot rollback sqlite` vuelve atrás";
    REPORT = "report: {report}", "informe: {report}";
    // Going back, backups, assessment
    ASK_ROLLBACK = "Go back to SQLite?", "¿Volver a SQLite?";
    TAKE_BACK = "take back: {change}", "deshacer: {change}";
    RESTORE_FROM = "restore {path} from {folder}", "restaurar {path} desde {folder}";
    SET_ASIDE = "set the rows in PostgreSQL aside, deleting none", "apartar las filas de PostgreSQL, sin borrar ninguna";
    DATABASE_KEPT = "the database that was there is kept as {path}", "la base de datos que había se guarda como {path}";
    ENV_KEPT = "the .env that was there is kept as {path}", "el .env que había se guarda como {path}";
    ROWS_STAY = "the rows in PostgreSQL stay where they are: {why}", "las filas de PostgreSQL se quedan donde están: {why}";
    SINCE_UNKNOWN = "what was written to PostgreSQL since cannot be said: {why}",
        "no se puede saber qué se escribió en PostgreSQL desde entonces: {why}";
    ROLLED_BACK = "rolled back to SQLite: database, .env, schema.prisma and migrations are as they were",
        "de vuelta en SQLite: la base de datos, .env, schema.prisma y las migraciones están como estaban";
    NOTHING_SINCE = "nothing was written to PostgreSQL since the migration",
        "no se escribió nada en PostgreSQL desde la migración";
    SINCE = "written to PostgreSQL since the migration, and not in SQLite: {tables}",
        "escrito en PostgreSQL desde la migración, y no está en SQLite: {tables}";
    ROWS_DIFFER = "{table} ({rows} rows differ)", "{table} ({rows} filas distintas)";
    KEPT_ASIDE = "the rows in PostgreSQL are kept in schema `{schema}`",
        "las filas de PostgreSQL se guardan en el esquema `{schema}`";
    GENERATE_NEXT = "next: cd server && npx prisma generate, then start the server",
        "siguiente: cd server && npx prisma generate, y luego iniciar el servidor";
    BACKUP = "backup: {path} ({kept} kept, {deleted} deleted)", "copia: {path} ({kept} guardadas, {deleted} borradas)";
    BACKUP_DAMAGED = "not usable, and left as it is: {backup}", "no utilizable, y se deja como está: {backup}";
    ASK_RESTORE = "Replace everything in {target} with {from}?", "¿Reemplazar todo lo que hay en {target} por {from}?";
    RESTORED = "restored {tables} tables, {rows} rows from {from}",
        "restauradas {tables} tablas, {rows} filas de {from}";
    BEFORE = "what was there before is in {path}", "lo que había antes está en {path}";
    CLEAR = "nothing stands against the migration", "nada impide la migración";
    REFUSED = "the migration would be refused", "la migración sería rechazada";
    RULES_PROPOSED = "rules are proposed in {path}", "se proponen reglas en {path}";
    COLUMN = "column", "columna";
    DECLARED = "declared", "declarado";
    ROWS = "rows", "filas";
    SCHEMA_CREATED = "{tables} tables are there in schema `{schema}`; next: autobot transfer",
        "hay {tables} tablas en el esquema `{schema}`; siguiente: autobot transfer";
    // Quarantine
    ROW = "row", "fila";
    REASON = "reason", "motivo";
    NONE_IN_QUARANTINE = "no row is in quarantine", "no hay filas en cuarentena";
    IN_QUARANTINE = "{n} row is in quarantine|{n} rows are in quarantine", "{n} fila está en cuarentena|{n} filas están en cuarentena";
    BACK = "{back} rows are back, {left} stay in quarantine", "{back} filas han vuelto, {left} siguen en cuarentena";
    // Server
    RUNNING = "running: pid {pid}, port {port}, {target}", "en marcha: pid {pid}, puerto {port}, {target}";
    STARTING = "on its way up or down: pid {pid}", "arrancando o parándose: pid {pid}";
    STOPPED = "stopped: `autobot server start` starts it", "parado: `autobot server start` lo arranca";
    SERVER_STARTED = "the embedded server in {dir} was started", "se arrancó el servidor integrado de {dir}";
    UP_FOR = "{version}, up for {seconds} s", "{version}, en marcha desde hace {seconds} s";
    CONNECTIONS_OF = "connections: {open} of {most}", "conexiones: {open} de {most}";
    DATABASE_SIZE = "database {name}: {size} MiB", "base de datos {name}: {size} MiB";
    DATABASE = "database", "base de datos";
    ROLE = "role", "rol";
    CONNECTIONS = "connections", "conexiones";
    MIB = "MiB", "MiB";
    OF_THEM_INDEXES = "of them indexes", "de ellos índices";
    ROWS_ESTIMATED = "rows (estimate)", "filas (estimación)";
    // Settings
    WROTE = "wrote {path}", "escrito: {path}";
    INIT_NEXT = "next: autobot plan --config {path} --app {dir}", "siguiente: autobot plan --config {path} --app {dir}";
    // Demo
    SAMPLE_MADE = "made a sample AutoBOT in {dir}: {rows} rows in {path}", "AutoBOT de muestra creado en {dir}: {rows} filas en {path}";
    SAMPLE_THERE = "the demo in {dir} is there already: it goes on where it stopped", "la demo de {dir} ya está ahí: sigue donde se detuvo";
    DEMO_DONE = "The sample AutoBOT in {dir} is on PostgreSQL now: {target}",
        "El AutoBOT de muestra de {dir} ya está en PostgreSQL: {target}";
    LOOK_AROUND = "Look around:", "Para explorar:";
    SEE_STATUS = "what was done, and when", "qué se hizo, y cuándo";
    SEE_MONITOR = "connections, size, largest tables", "conexiones, tamaño, tablas más grandes";
    SEE_BACKUP = "a backup of PostgreSQL", "una copia de PostgreSQL";
    SEE_ROLLBACK = "back to SQLite, every file as it was", "de vuelta a SQLite, cada archivo como estaba";
    SEE_STOP = "stop the embedded PostgreSQL", "detiene el PostgreSQL integrado";
}

/// The name of a phase.
pub fn phase_words(phase: Phase) -> Words {
    match phase {
        Phase::Prepare => PREPARE,
        Phase::Provision => PROVISION,
        Phase::Configure => CONFIGURE,
        Phase::Migrate => MIGRATE,
        Phase::Verify => VERIFY,
        Phase::Finish => FINISH,
    }
}

/// A text about one phase: its number and name go into it.
pub fn phase_text(lang: Lang, words: Words, phase: Phase) -> String {
    let values: [(&str, &dyn Display); 2] = [("number", &phase.number()), ("phase", &phase_words(phase).to(lang))];
    words.filled(lang, &values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_goes_into_its_places() {
        assert_eq!(phase_text(Lang::Es, NEXT, Phase::Migrate), "siguiente: autobot phase 4 (migrar)");
    }
}
