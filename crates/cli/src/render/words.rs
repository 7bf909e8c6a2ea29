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
    RESTORED = "restored {tables} tables, {rows} rows from {from}",
        "restauradas {tables} tablas, {rows} filas de {from}";
    BEFORE = "what was there before is in {path}", "lo que había antes está en {path}";
    CLEAR = "nothing stands against the migration", "nada impide la migración";
    REFUSED = "the migration would be refused", "la migración sería rechazada";
    // Demo
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
