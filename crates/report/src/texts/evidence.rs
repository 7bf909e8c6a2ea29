//! What the checklists and criteria say of what was done and tested.

use crate::words;

words! {
    // Phases
    NOT_RUN = "Phase {n} has not run yet.", "La fase {n} aún no se ha ejecutado.";
    PHASE_FAILED = "Phase {n} ended with an error.", "La fase {n} terminó con un error.";
    // Backups
    IN_BACKUP = "In the backup: {path} ({size}, SHA-256 {digest}).", "En el backup: {path} ({size}, SHA-256 {digest}).";
    IN_BACKUP_MANY = "In the backup: {path} and {n} more.", "En el backup: {path} y {n} más.";
    NOT_IN_BACKUP = "Not part of the backup: see whether there is such a thing.",
        "No forma parte del backup: compruebe si existe.";
    SETTINGS_KEPT = "The .env and schema.prisma files are in the backup. What only you know (domain names, where passwords are kept, scheduled tasks) is yours to write down.",
        "Los archivos .env y schema.prisma están en el backup. Lo que solo usted sabe (dominios, dónde se guardan las contraseñas, tareas programadas) debe anotarlo usted.";
    READ_BACK = "Every file of the backup was read back and matches its checksum.",
        "Cada archivo del backup se volvió a leer y coincide con su suma de verificación.";
    WITH_CHECKSUMS = "The backup has {n} files with checksums; they were not read back in this run.",
        "El backup tiene {n} archivos con suma de verificación; no se volvieron a leer en esta ejecución.";
    // Steps
    DONE_AT = "Done: {what}.", "Hecho: {what}.";
    MOVED_ASIDE = "Moved into the backup, not deleted: {what}.", "Movidas al backup, no eliminadas: {what}.";
    GENERATE_BY_HAND = "Not done in this run: type “npx prisma generate” in the server's folder.",
        "No se hizo en esta ejecución: escriba «npx prisma generate» en la carpeta del servidor.";
    NOT_RECORDED = "Nothing in this run shows it: look for yourself.",
        "Nada en esta ejecución lo demuestra: compruébelo usted.";
    SCHEDULE_TO_INSTALL = "The script and its schedule are written; installing the schedule is left to you: {what}.",
        "El script y su programación están escritos; falta que usted instale la programación: {what}.";
    SCRIPT_TO_SCHEDULE = "The script is written ({what}); running it every day is left to you.",
        "El script está escrito ({what}); falta que usted programe su ejecución diaria.";
    SCHEDULED = "Scheduled: {what}.", "Programado: {what}.";
    BACKUP_TAKEN = "A backup of PostgreSQL was made and read back: {what}.",
        "Se hizo un backup de PostgreSQL y se volvió a leer: {what}.";
    BACKUP_RESTORED = "It was restored into a database of its own, every table counted, and that dropped again.",
        "Se restauró en una base de datos aparte, se contó cada tabla y se eliminó esa base.";
    ARCHIVED = "Kept in the archive: {what}.", "Guardado en el archivo histórico: {what}.";
    // Rows
    WITHOUT_DATA = "A clean system was asked for: no data was migrated.",
        "Se pidió un sistema limpio: no se migraron datos.";
    ROWS_MOVED = "{rows} in {tables}.", "{rows} en {tables}.";
    EVERY_VALUE_EQUAL = "Every value of {rows} in {tables} was compared on both sides: no difference.",
        "Se comparó cada valor de {rows} en {tables} en ambos lados: ninguna diferencia.";
    COUNTS_EQUAL = "The number of rows is the same in every table; the values were not compared.",
        "El número de filas coincide en todas las tablas; los valores no se compararon.";
    REFUSED = "The source was refused: nothing was copied.", "El origen fue rechazado: no se copió nada.";
    NOT_COMPARED = "Both sides have not been compared.", "Aún no se han comparado ambos lados.";
    DIFFERS = "The comparison found differences: {what}.", "La comparación encontró diferencias: {what}.";
    SET_ASIDE = "{n} row was set aside in quarantine: look at it.|{n} rows were set aside in quarantine: look at them.",
        "{n} fila quedó apartada en cuarentena: revísela.|{n} filas quedaron apartadas en cuarentena: revíselas.";
    LEFT_OUT = "{n} row stayed behind by the rules of the settings.|{n} rows stayed behind by the rules of the settings.",
        "{n} fila se quedó atrás por las reglas de la configuración.|{n} filas se quedaron atrás por las reglas de la configuración.";
    CHANGED = "{n} value was changed by the rules of the settings.|{n} values were changed by the rules of the settings.",
        "{n} valor fue modificado por las reglas de la configuración.|{n} valores fueron modificados por las reglas de la configuración.";
    SKIPPED = "{n} table was left out: see “Tables left out”.|{n} tables were left out: see “Tables left out”.",
        "{n} tabla quedó fuera: véase «Tablas excluidas».|{n} tablas quedaron fuera: véase «Tablas excluidas».";
    TABLE_EQUAL = "Table {table}: {rows}, every value equal on both sides.",
        "Tabla {table}: {rows}, cada valor igual en ambos lados.";
    TABLE_UNPROVED = "Table {table}: the values have not been proved equal.",
        "Tabla {table}: no está demostrado que los valores sean iguales.";
    LETS_IN = "PostgreSQL lets in whoever has the URL of {what}: {tables} read and written, and what was written taken back.",
        "PostgreSQL deja entrar con la URL de {what}: {tables} con lectura y escritura probadas, y lo escrito deshecho.";
    ROW_INSERTED = "Table {table}: with the application's login a row was changed, removed and put in again, and all of it taken back.",
        "Tabla {table}: con el usuario de la aplicación se modificó, quitó y volvió a insertar una fila, y todo se deshizo.";
    ROW_CHANGED = "Table {table}: with the application's login a row was changed, and that taken back.",
        "Tabla {table}: con el usuario de la aplicación se modificó una fila, y se deshizo.";
    SAME_HASHES = "Every user's password hash is the same, so the same passwords open the same accounts.",
        "El hash de cada contraseña es el mismo: las mismas contraseñas abren las mismas cuentas.";
    // Server
    NO_SERVER = "The server was not started in this run.", "El servidor no se inició en esta ejecución.";
    STARTED = "Started with “{what}”, its ready line seen, no error line in its log.",
        "Iniciado con «{what}»; apareció la línea de servidor listo y ninguna línea de error en el registro.";
    STARTED_DIRTY = "Started with “{what}”, but its log has error lines.",
        "Iniciado con «{what}», pero su registro tiene líneas de error.";
    DID_NOT_START = "Did not start: {what}.", "No inició: {what}.";
    RESTARTED = "Stopped and started again: the ready line came again.",
        "Detenido e iniciado otra vez: la línea de servidor listo volvió a aparecer.";
    NOT_RESTARTED = "It was not restarted.", "No se reinició.";
    LONG_TERM = "Only the restart was tested, not hours of use.",
        "Solo se probó el reinicio, no horas de uso.";
    // Tests
    TESTED = "Tested: {what}.", "Probado: {what}.";
    TEST_FAILED = "Failed: {what}.", "Falló: {what}.";
    LEFT_TO_PERSON = "Left to a person: {what}.", "Queda para una persona: {what}.";
    USERS_HASHES = "{n} user is in PostgreSQL.|{n} users are in PostgreSQL.",
        "{n} usuario está en PostgreSQL.|{n} usuarios están en PostgreSQL.";
    EACH_USER = "Each user's own password cannot be tried here: ask them to log in.",
        "Aquí no se puede probar la contraseña de cada usuario: pídales que inicien sesión.";
    REMINDER_DUE = "That a reminder is sent when due has to be seen with WhatsApp connected.",
        "Que un recordatorio se envíe a su hora hay que verlo con WhatsApp conectado.";
}
