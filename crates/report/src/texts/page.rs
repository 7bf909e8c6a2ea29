//! The words of the page itself.

use super::texts;

texts! { Text:
    // Whole page
    PageTitle = "Migration report: {source} to PostgreSQL", "Informe de migración: {source} a PostgreSQL";
    SkipLink = "Skip to the content", "Saltar al contenido";
    Heading = "From SQLite to PostgreSQL", "De SQLite a PostgreSQL";
    Contents = "Contents", "Contenido";
    Footer = "Written by autobot {version} for the run of {date}. The same data, for programs, is in report.json.",
        "Generado por autobot {version} para la ejecución del {date}. Los mismos datos, para programas, están en report.json.";
    RowsCounted = "{n} row|{n} rows", "{n} fila|{n} filas";
    TablesCounted = "{n} table|{n} tables", "{n} tabla|{n} tablas";
    MoreInJson = "{n} more is in report.json.|{n} more are in report.json.",
        "Hay {n} más en report.json.|Hay {n} más en report.json.";
    AsTable = "The figures as a table", "Las cifras en una tabla";
    // Result
    Result = "Result", "Resultado";
    VerdictEqual = "PostgreSQL holds exactly what SQLite held", "PostgreSQL contiene exactamente lo que contenía SQLite";
    VerdictByRules = "PostgreSQL holds what SQLite held, apart from what your rules say",
        "PostgreSQL contiene lo que contenía SQLite, salvo lo que indican sus reglas";
    VerdictCounts = "The row counts agree; the values were not compared",
        "El número de filas coincide; los valores no se compararon";
    VerdictDifferent = "PostgreSQL does not hold what SQLite held", "PostgreSQL no contiene lo que contenía SQLite";
    VerdictRefused = "Refused: this database does not go over as it is", "Rechazada: esta base de datos no se puede trasladar tal como está";
    VerdictAsItWas = "Every row of the earlier report is still there as it was",
        "Todas las filas del informe anterior siguen ahí como estaban";
    VerdictChangedSince = "Rows are changed or gone since the earlier report",
        "Desde el informe anterior hay filas modificadas o que ya no están";
    VerdictUnclearSince = "It cannot be told of every table whether its rows are as they were",
        "No se puede saber de todas las tablas si sus filas están como estaban";
    VerdictNone = "The data have not been compared yet", "Los datos aún no se han comparado";
    SayEqual = "Every value was read on both sides by code that shares nothing with the copy, and is the same.",
        "Cada valor se leyó en ambos lados con código independiente del que hizo la copia, y es el mismo.";
    SayByRules = "Every value that your rules let over was compared and is the same. What they set aside, left behind or changed is counted below.",
        "Cada valor que sus reglas dejaron pasar se comparó y es el mismo. Lo que apartaron, dejaron atrás o modificaron se cuenta más abajo.";
    SayCounts = "Equal counts do not prove equal content: type “autobot verify” to compare every value.",
        "Que el número de filas coincida no demuestra que el contenido sea igual: escriba «autobot verify» para comparar cada valor.";
    SayDifferent = "The tables below name what differs. Do not start the application on PostgreSQL before this is settled.",
        "Las tablas de abajo indican qué es distinto. No inicie la aplicación con PostgreSQL hasta resolverlo.";
    SayRefused = "Nothing was copied, and PostgreSQL is as it was. Each problem is named below, with its place and the rule that would allow it.",
        "No se copió nada y PostgreSQL está como estaba. Cada problema se nombra más abajo, con su lugar y la regla que lo permitiría.";
    SayAsItWas = "PostgreSQL was held against the digests of the earlier report. Rows that came since are counted below.",
        "PostgreSQL se comparó con los resúmenes del informe anterior. Las filas nuevas se cuentan más abajo.";
    SayChangedSince = "That is normal where the application edits rows, and not where rows only come, such as messages.",
        "Es normal donde la aplicación modifica filas, y no donde solo se añaden, como en los mensajes.";
    SayUnclearSince = "There are new rows in a table whose key does not tell them apart from the earlier ones, or the earlier report has no digests of it.",
        "Hay filas nuevas en una tabla cuya clave no las distingue de las anteriores, o el informe anterior no tiene resúmenes de ella.";
    SayNone = "Nothing in this report shows yet that the copy is right.",
        "Nada en este informe demuestra todavía que la copia sea correcta.";
    EndedEarly = "The run ended before its end:", "La ejecución terminó antes de tiempo:";
    BadRows = "Every row that was refused is listed in", "Todas las filas rechazadas están en";
    KeyRows = "Rows in PostgreSQL", "Filas en PostgreSQL";
    KeyTables = "Tables", "Tablas";
    KeySource = "SQLite file", "Archivo SQLite";
    KeyTime = "Time in all", "Tiempo total";
    KeySpeed = "Mean speed of loading", "Velocidad media de carga";
    KeyPhases = "Phases done", "Fases terminadas";
    OfSix = "{n} of 6", "{n} de 6";
    LeftForYou = "Left for you", "Lo que queda para usted";
    CriteriaLeft = "{n} criterion of success needs a person.|{n} criteria of success need a person.",
        "{n} criterio de éxito necesita a una persona.|{n} criterios de éxito necesitan a una persona.";
    CriteriaFailed = "{n} criterion of success is not met.|{n} criteria of success are not met.",
        "{n} criterio de éxito no se cumple.|{n} criterios de éxito no se cumplen.";
    ChecksLeft = "{n} functional test is left to a person.|{n} functional tests are left to a person.",
        "{n} prueba funcional queda para una persona.|{n} pruebas funcionales quedan para una persona.";
    ChecksFailed = "{n} functional test failed.|{n} functional tests failed.",
        "{n} prueba funcional falló.|{n} pruebas funcionales fallaron.";
    FindingsToRead = "{n} finding is a warning or worse.|{n} findings are warnings or worse.",
        "{n} hallazgo es una advertencia o algo peor.|{n} hallazgos son advertencias o algo peor.";
    Warnings = "Warnings of the run", "Advertencias de la ejecución";
    // States
    StateProved = "Proved", "Demostrado";
    StateForAPerson = "For a person", "Para una persona";
    StateFailed = "Failed", "Falló";
    StateDone = "Done", "Hecho";
    StateNotYet = "Not yet", "Pendiente";
    StateBegun = "Begun", "Comenzada";
    StatePassed = "Passed", "Superada";
    StateEqual = "Equal", "Igual";
    StateDifferent = "Different", "Distinta";
    StateUncompared = "Not compared", "Sin comparar";
    // Criteria, checklists
    Criteria = "The ten criteria of success", "Los diez criterios de éxito";
    CriteriaSay = "The plan's criteria, with what this run shows of each.",
        "Los criterios del plan, con lo que esta ejecución demuestra de cada uno.";
    Number = "No.", "N.º";
    State = "State", "Estado";
    Functional = "Functional tests", "Pruebas funcionales";
    FunctionalSay = "What was tested by itself, and what is left to a person.",
        "Lo que se probó automáticamente y lo que queda para una persona.";
    Checklists = "Checklists of the plan", "Listas de verificación del plan";
    // Phases
    Phases = "The six phases", "Las seis fases";
    PhasesCaption = "State and time of each phase", "Estado y duración de cada fase";
    Phase = "Phase", "Fase";
    EndedAt = "Ended", "Terminó";
    Took = "Time", "Duración";
    PhasePrepare = "Prepare: check and back up", "Preparar: comprobar y respaldar";
    PhaseProvision = "Provision: server and database", "Provisionar: servidor y base de datos";
    PhaseConfigure = "Configure: schema.prisma and .env", "Configurar: schema.prisma y .env";
    PhaseMigrate = "Migrate: schema and rows", "Migrar: esquema y filas";
    PhaseVerify = "Verify: compare and try", "Verificar: comparar y probar";
    PhaseFinish = "Finish: tuning, backups, archive", "Finalizar: ajustes, backups, archivo";
    // Tables
    Tables = "Tables", "Tablas";
    TablesCaption = "Rows on both sides, and the digest of their content",
        "Filas en ambos lados y el resumen criptográfico de su contenido";
    Table = "Table", "Tabla";
    RowsSource = "Rows in SQLite", "Filas en SQLite";
    RowsTarget = "Rows in PostgreSQL", "Filas en PostgreSQL";
    SetAside = "Set aside", "Apartadas";
    LeftOut = "Left behind", "Excluidas";
    Content = "Content", "Contenido";
    Digest = "Digest (SHA-256)", "Resumen (SHA-256)";
    LoadTime = "Load time", "Carga";
    Sent = "Sent", "Enviado";
    ChangedByRule = "Values changed by rule", "Valores cambiados por regla";
    Total = "Total", "Total";
    NowNamed = "now {name}", "ahora {name}";
    DigestTarget = "PostgreSQL:", "PostgreSQL:";
    DigestSource = "SQLite:", "SQLite:";
    Differences = "What differs", "Qué es distinto";
    RowsDiffer = "{n} row differs|{n} rows differ", "{n} fila es distinta|{n} filas son distintas";
    Missing = "missing in PostgreSQL", "falta en PostgreSQL";
    Extra = "only in PostgreSQL", "solo en PostgreSQL";
    ChangedRow = "changed", "modificada";
    SchemaDifferences = "The schema differs:", "El esquema es distinto:";
    Expected = "expected {expected}, found {found}", "se esperaba {expected}, se encontró {found}";
    SkippedTables = "Tables left out", "Tablas excluidas";
    SkippedCaption = "Tables of SQLite that were not moved, each with the reason; bookkeeping holds no data of yours",
        "Tablas de SQLite que no se trasladaron, cada una con su motivo; las de uso interno no contienen datos suyos";
    Bookkeeping = "Bookkeeping", "Uso interno";
    Yes = "yes", "sí";
    No = "no", "no";
    Reason = "Reason", "Motivo";
    // A later look
    Since = "Since the earlier report", "Desde el informe anterior";
    SinceCaption = "Rows of each table then and now; how many are new, gone or changed at least",
        "Filas de cada tabla entonces y ahora; cuántas son nuevas, faltan o cambiaron como mínimo";
    RowsThen = "Rows then", "Filas entonces";
    RowsNow = "Rows now", "Filas ahora";
    NewRows = "New", "Nuevas";
    GoneRows = "Gone", "Faltan";
    ChangedRows = "Changed", "Cambiadas";
    StandingSame = "As it was", "Como estaba";
    StandingGrown = "With new rows", "Con filas nuevas";
    StandingChanged = "Changed", "Cambiada";
    StandingUnclear = "Unclear", "No está claro";
    StandingGone = "Gone", "Ya no está";
    StandingUnknown = "Unknown", "No se sabe";
    // Findings
    Findings = "Findings", "Hallazgos";
    FindingsSay = "What is not plain about this database. Messages are in English, as the tool writes them.",
        "Lo que no es corriente en esta base de datos. Los mensajes están en inglés, tal como los escribe la herramienta.";
    Problems = "Problems", "Problemas";
    WarningFindings = "Warnings", "Advertencias";
    Notes = "Notes", "Notas";
    ShowThem = "Show them", "Mostrarlas";
    Remedy = "What to do:", "Qué hacer:";
    Row = "row {n}", "fila {n}";
    RowWithKey = "row with key {key}", "fila con clave {key}";
    FirstPlaces = "First places", "Primeros lugares";
    TimesCounted = "{n} time|{n} times", "{n} vez|{n} veces";
    // Speed
    Speed = "Time and speed", "Tiempo y velocidad";
    SectionsTitle = "Time per section", "Tiempo por etapa";
    SectionsDesc = "Horizontal bars: {list}.", "Barras horizontales: {list}.";
    SectionsOverlap = "Sections may run side by side, so they can add up to more than the whole.",
        "Las etapas pueden ejecutarse a la vez; por eso pueden sumar más que el total.";
    Section = "Section", "Etapa";
    Seconds = "Seconds", "Segundos";
    RatesTitle = "Rows per second while loading", "Filas por segundo durante la carga";
    RatesDesc = "From {from} to {to} after loading began: {mean} rows per second on average, {peak} at the fastest.",
        "Desde {from} hasta {to} tras el inicio de la carga: {mean} filas por segundo de media, {peak} en el punto más rápido.";
    RowsPerSecond = "rows/s", "filas/s";
    BytesPerSecond = "Bytes per second", "Bytes por segundo";
    FromTo = "Time since the start", "Tiempo desde el inicio";
    LargestTitle = "Rows per table", "Filas por tabla";
    LargestTitleSome = "Rows per table, the {n} largest", "Filas por tabla, las {n} más grandes";
    LargestDesc = "Horizontal bars: {list}. The figures are in the section Tables.",
        "Barras horizontales: {list}. Las cifras están en la sección Tablas.";
    SectionBackup = "Backup", "Respaldo";
    SectionProvision = "Server and database", "Servidor y base de datos";
    SectionAssess = "Assess every value", "Examinar cada valor";
    SectionSchema = "Create the tables", "Crear las tablas";
    SectionLoadRows = "Load the rows", "Cargar las filas";
    SectionIndexes = "Build keys and indexes", "Construir claves e índices";
    SectionForeignKeys = "Check foreign keys", "Comprobar claves foráneas";
    SectionSequences = "Set the sequences", "Ajustar las secuencias";
    SectionProve = "Prove: compare every value", "Demostrar: cada valor";
    SectionPublish = "Publish", "Publicar";
    SectionVerify = "Compare again (phase 5)", "Comparar otra vez (fase 5)";
    SectionServer = "Try the application", "Probar la aplicación";
    SectionFinish = "Finish", "Finalizar";
    // Backups, users, way back, run
    Backups = "Backups", "Backups";
    BackupsCaption = "Files of the backup, each with its checksum", "Archivos del backup, cada uno con su suma de verificación";
    BackupsSay = "To check one: sha256sum FILE on Linux, Get-FileHash FILE in PowerShell.",
        "Para comprobar uno: sha256sum ARCHIVO en Linux, Get-FileHash ARCHIVO en PowerShell.";
    File = "File", "Archivo";
    For = "What for", "Para qué";
    Size = "Size", "Tamaño";
    Checksum = "SHA-256", "SHA-256";
    KindDatabase = "Database", "Base de datos";
    KindEnvironment = "Environment", "Variables de entorno";
    KindSchema = "Prisma schema", "Esquema de Prisma";
    KindMigrations = "Prisma migrations", "Migraciones de Prisma";
    KindSessions = "WhatsApp sessions", "Sesiones de WhatsApp";
    KindDump = "SQL dump", "Volcado SQL";
    KindRowCounts = "Row counts", "Recuento de filas";
    KindExport = "Bot configurations", "Configuraciones de bots";
    KindArchive = "Archive of SQLite", "Archivo histórico de SQLite";
    KindPostgres = "PostgreSQL backup", "Backup de PostgreSQL";
    Users = "Users", "Usuarios";
    UsersCaption = "Users in PostgreSQL, without their password hashes", "Usuarios en PostgreSQL, sin los hashes de sus contraseñas";
    UserId = "Id", "Id";
    Username = "Name", "Nombre";
    Role = "Role", "Rol";
    Rollback = "The way back", "Cómo volver atrás";
    RollbackSay = "Stop the application's server first. The SQLite file and the settings as they were are in the backup.",
        "Detenga primero el servidor de la aplicación. El archivo SQLite y la configuración, tal como estaban, están en el backup.";
    RunHeading = "This run", "Esta ejecución";
    RunCommand = "Command", "Comando";
    RunStarted = "Began", "Comenzó";
    RunEnded = "Ended", "Terminó";
    RunSource = "Source", "Origen";
    RunTarget = "Target", "Destino";
    RunAgainst = "Held against", "Comparado con";
    RunServer = "Server", "Servidor";
    RunProvider = "Provided by", "Proporcionado por";
    RunApp = "Application", "Aplicación";
    RunWork = "Work directory", "Carpeta de trabajo";
    RunVersion = "Version of autobot", "Versión de autobot";
    RunLevel = "Compared", "Comparación";
    LevelCounts = "row counts", "número de filas";
    LevelContent = "every value, by digests", "cada valor, mediante resúmenes criptográficos";
    LevelRows = "every row against its counterpart", "cada fila con su correspondiente";
    ProviderEmbedded = "embedded PostgreSQL", "PostgreSQL integrado";
    ProviderLocal = "a PostgreSQL on this machine", "un PostgreSQL de este equipo";
    ProviderDocker = "Docker Compose", "Docker Compose";
    ProviderExisting = "an existing server", "un servidor existente";
}
