//! What the checklists and criteria say of what was done and tested.

use super::texts;

texts! { Evidence:
    // Phases
    NotRun = "Phase {n} has not run yet.", "La fase {n} aún no se ha ejecutado.";
    PhaseFailed = "Phase {n} ended with an error.", "La fase {n} terminó con un error.";
    // Backups
    InBackup = "In the backup: {path} ({size}, SHA-256 {digest}).", "En el backup: {path} ({size}, SHA-256 {digest}).";
    InBackupMany = "In the backup: {path} and {n} more.", "En el backup: {path} y {n} más.";
    NotInBackup = "Not part of the backup: see whether there is such a thing.",
        "No forma parte del backup: compruebe si existe.";
    SettingsKept = "The .env and schema.prisma files are in the backup. What only you know (domain names, where passwords are kept, scheduled tasks) is yours to write down.",
        "Los archivos .env y schema.prisma están en el backup. Lo que solo usted sabe (dominios, dónde se guardan las contraseñas, tareas programadas) debe anotarlo usted.";
    ReadBack = "Every file of the backup was read back and matches its checksum.",
        "Cada archivo del backup se volvió a leer y coincide con su suma de verificación.";
    WithChecksums = "The backup has {n} files with checksums; they were not read back in this run.",
        "El backup tiene {n} archivos con suma de verificación; no se volvieron a leer en esta ejecución.";
    // Steps
    DoneAt = "Done: {what}.", "Hecho: {what}.";
    MovedAside = "Moved into the backup, not deleted: {what}.", "Movidas al backup, no eliminadas: {what}.";
    GenerateByHand = "Not done in this run: type “npx prisma generate” in the server's folder.",
        "No se hizo en esta ejecución: escriba «npx prisma generate» en la carpeta del servidor.";
    NotRecorded = "Nothing in this run shows it: look for yourself.",
        "Nada en esta ejecución lo demuestra: compruébelo usted.";
    ScheduleToInstall = "The script and its schedule are written; installing the schedule is left to you: {what}.",
        "El script y su programación están escritos; falta que usted instale la programación: {what}.";
    ScriptToSchedule = "The script is written ({what}); running it every day is left to you.",
        "El script está escrito ({what}); falta que usted programe su ejecución diaria.";
    Scheduled = "Scheduled: {what}.", "Programado: {what}.";
    BackupTaken = "A backup of PostgreSQL was made and read back: {what}.",
        "Se hizo un backup de PostgreSQL y se volvió a leer: {what}.";
    Archived = "Kept in the archive: {what}.", "Guardado en el archivo histórico: {what}.";
    // Rows
    WithoutData = "A clean system was asked for: no data was migrated.",
        "Se pidió un sistema limpio: no se migraron datos.";
    RowsMoved = "{rows} in {tables}.", "{rows} en {tables}.";
    EveryValueEqual = "Every value of {rows} in {tables} was compared on both sides: no difference.",
        "Se comparó cada valor de {rows} en {tables} en ambos lados: ninguna diferencia.";
    CountsEqual = "The number of rows is the same in every table; the values were not compared.",
        "El número de filas coincide en todas las tablas; los valores no se compararon.";
    Refused = "The source was refused: nothing was copied.", "El origen fue rechazado: no se copió nada.";
    NotCompared = "Both sides have not been compared.", "Aún no se han comparado ambos lados.";
    Differs = "The comparison found differences: {what}.", "La comparación encontró diferencias: {what}.";
    SetAside = "{n} row was set aside in quarantine: look at it.|{n} rows were set aside in quarantine: look at them.",
        "{n} fila quedó apartada en cuarentena: revísela.|{n} filas quedaron apartadas en cuarentena: revíselas.";
    LeftOut = "{n} row stayed behind by the rules of the settings.|{n} rows stayed behind by the rules of the settings.",
        "{n} fila se quedó atrás por las reglas de la configuración.|{n} filas se quedaron atrás por las reglas de la configuración.";
    Changed = "{n} value was changed by the rules of the settings.|{n} values were changed by the rules of the settings.",
        "{n} valor fue modificado por las reglas de la configuración.|{n} valores fueron modificados por las reglas de la configuración.";
    Skipped = "{n} table was left out: see “Tables left out”.|{n} tables were left out: see “Tables left out”.",
        "{n} tabla quedó fuera: véase «Tablas excluidas».|{n} tablas quedaron fuera: véase «Tablas excluidas».";
    TableEqual = "Table {table}: {rows}, every value equal on both sides.",
        "Tabla {table}: {rows}, cada valor igual en ambos lados.";
    TableUnproved = "Table {table}: the values have not been proved equal.",
        "Tabla {table}: no está demostrado que los valores sean iguales.";
    // Server
    NoServer = "The server was not started in this run.", "El servidor no se inició en esta ejecución.";
    Started = "Started with “{what}”, its ready line seen, no error line in its log.",
        "Iniciado con «{what}»; apareció la línea de servidor listo y ninguna línea de error en el registro.";
    StartedDirty = "Started with “{what}”, but its log has error lines.",
        "Iniciado con «{what}», pero su registro tiene líneas de error.";
    DidNotStart = "Did not start: {what}.", "No inició: {what}.";
    Restarted = "Stopped and started again: the ready line came again.",
        "Detenido e iniciado otra vez: la línea de servidor listo volvió a aparecer.";
    NotRestarted = "It was not restarted.", "No se reinició.";
    LongTerm = "Only the restart was tested, not hours of use.",
        "Solo se probó el reinicio, no horas de uso.";
    // Tests
    Tested = "Tested: {what}.", "Probado: {what}.";
    TestFailed = "Failed: {what}.", "Falló: {what}.";
    LeftToPerson = "Left to a person: {what}.", "Queda para una persona: {what}.";
    UsersHashes = "{n} user is in PostgreSQL.|{n} users are in PostgreSQL.",
        "{n} usuario está en PostgreSQL.|{n} usuarios están en PostgreSQL.";
    EachUser = "Each user's own password cannot be tried here: ask them to log in.",
        "Aquí no se puede probar la contraseña de cada usuario: pídales que inicien sesión.";
    ReminderDue = "That a reminder is sent when due has to be seen with WhatsApp connected.",
        "Que un recordatorio se envíe a su hora hay que verlo con WhatsApp conectado.";
}
