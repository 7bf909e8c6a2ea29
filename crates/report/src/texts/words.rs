//! The words of the page itself.

use crate::words;

words! {
    // Whole page
    PAGE_TITLE = "Migration report: {source} to PostgreSQL", "Informe de migración: {source} a PostgreSQL";
    SKIP_LINK = "Skip to the content", "Saltar al contenido";
    HEADING = "From SQLite to PostgreSQL", "De SQLite a PostgreSQL";
    CONTENTS = "Contents", "Contenido";
    FOOTER = "Written by autobot {version} for the run of {date}. The same data, for programs, is in the .json file beside this page.",
        "Generado por autobot {version} para la ejecución del {date}. Los mismos datos, para programas, están en el archivo .json que acompaña a esta página.";
    ROWS_COUNTED = "{n} row|{n} rows", "{n} fila|{n} filas";
    TABLES_COUNTED = "{n} table|{n} tables", "{n} tabla|{n} tablas";
    MORE_IN_JSON = "{n} more is in report.json.|{n} more are in report.json.",
        "Hay {n} más en report.json.|Hay {n} más en report.json.";
    AS_TABLE = "The figures as a table", "Las cifras en una tabla";
    // Result
    RESULT = "Result", "Resultado";
    VERDICT_EQUAL = "PostgreSQL holds exactly what SQLite held", "PostgreSQL contiene exactamente lo que contenía SQLite";
    VERDICT_BY_RULES = "PostgreSQL holds what SQLite held, apart from what your rules say",
        "PostgreSQL contiene lo que contenía SQLite, salvo lo que indican sus reglas";
    VERDICT_COUNTS = "The row counts agree; the values were not compared",
        "El número de filas coincide; los valores no se compararon";
    VERDICT_DIFFERENT = "PostgreSQL does not hold what SQLite held", "PostgreSQL no contiene lo que contenía SQLite";
    VERDICT_REFUSED = "Refused: this database does not go over as it is", "Rechazada: esta base de datos no se puede trasladar tal como está";
    VERDICT_AS_IT_WAS = "Every row of the earlier report is still there as it was",
        "Todas las filas del informe anterior siguen ahí como estaban";
    VERDICT_CHANGED_SINCE = "Rows are changed or gone since the earlier report",
        "Desde el informe anterior hay filas modificadas o que ya no están";
    VERDICT_UNCLEAR_SINCE = "It cannot be told of every table whether its rows are as they were",
        "No se puede saber de todas las tablas si sus filas están como estaban";
    VERDICT_NONE = "The data have not been compared yet", "Los datos aún no se han comparado";
    SAY_EQUAL = "Every value was read on both sides by code that shares nothing with the copy, and is the same.",
        "Cada valor se leyó en ambos lados con código independiente del que hizo la copia, y es el mismo.";
    SAY_BY_RULES = "Every value that your rules let over was compared and is the same. What they set aside, left behind or changed is counted below.",
        "Cada valor que sus reglas dejaron pasar se comparó y es el mismo. Lo que apartaron, dejaron atrás o modificaron se cuenta más abajo.";
    SAY_COUNTS = "Equal counts do not prove equal content: type “autobot verify” to compare every value.",
        "Que el número de filas coincida no demuestra que el contenido sea igual: escriba «autobot verify» para comparar cada valor.";
    SAY_DIFFERENT = "The tables below name what differs. Do not start the application on PostgreSQL before this is settled.",
        "Las tablas de abajo indican qué es distinto. No inicie la aplicación con PostgreSQL hasta resolverlo.";
    SAY_REFUSED = "Nothing was copied, and PostgreSQL is as it was. Each problem is named below, with its place and the rule that would allow it.",
        "No se copió nada y PostgreSQL está como estaba. Cada problema se nombra más abajo, con su lugar y la regla que lo permitiría.";
    SAY_AS_IT_WAS = "PostgreSQL was held against the digests of the earlier report. Rows that came since are counted below.",
        "PostgreSQL se comparó con los resúmenes del informe anterior. Las filas nuevas se cuentan más abajo.";
    SAY_CHANGED_SINCE = "That is normal where the application edits rows, and not where rows only come, such as messages.",
        "Es normal donde la aplicación modifica filas, y no donde solo se añaden, como en los mensajes.";
    SAY_UNCLEAR_SINCE = "There are new rows in a table whose key does not tell them apart from the earlier ones, or the earlier report has no digests of it.",
        "Hay filas nuevas en una tabla cuya clave no las distingue de las anteriores, o el informe anterior no tiene resúmenes de ella.";
    SAY_NONE = "Nothing in this report shows yet that the copy is right.",
        "Nada en este informe demuestra todavía que la copia sea correcta.";
    ENDED_EARLY = "The run ended before its end:", "La ejecución terminó antes de tiempo:";
    BAD_ROWS = "Every row that was refused is listed in", "Todas las filas rechazadas están en";
    KEY_ROWS = "Rows in PostgreSQL", "Filas en PostgreSQL";
    KEY_TABLES = "Tables", "Tablas";
    KEY_SOURCE = "SQLite file", "Archivo SQLite";
    KEY_TIME = "Time in all", "Tiempo total";
    KEY_SPEED = "Mean speed of loading", "Velocidad media de carga";
    KEY_PHASES = "Phases done", "Fases terminadas";
    OF_SIX = "{n} of 6", "{n} de 6";
    LEFT_FOR_YOU = "Left for you", "Lo que queda para usted";
    CRITERIA_LEFT = "{n} criterion of success needs a person.|{n} criteria of success need a person.",
        "{n} criterio de éxito necesita a una persona.|{n} criterios de éxito necesitan a una persona.";
    CRITERIA_DATA = "{n} criterion of success is proved as far as the data go; the application is yours to try.|{n} criteria of success are proved as far as the data go; the application is yours to try.",
        "{n} criterio de éxito está demostrado en los datos; queda probar la aplicación.|{n} criterios de éxito están demostrados en los datos; queda probar la aplicación.";
    CRITERIA_FAILED = "{n} criterion of success is not met.|{n} criteria of success are not met.",
        "{n} criterio de éxito no se cumple.|{n} criterios de éxito no se cumplen.";
    CHECKS_LEFT = "{n} functional test is left to a person.|{n} functional tests are left to a person.",
        "{n} prueba funcional queda para una persona.|{n} pruebas funcionales quedan para una persona.";
    CHECKS_FAILED = "{n} functional test failed.|{n} functional tests failed.",
        "{n} prueba funcional falló.|{n} pruebas funcionales fallaron.";
    FINDINGS_TO_READ = "{n} finding is a warning or worse.|{n} findings are warnings or worse.",
        "{n} hallazgo es una advertencia o algo peor.|{n} hallazgos son advertencias o algo peor.";
    WARNINGS = "Warnings of the run", "Advertencias de la ejecución";
    // States
    STATE_PROVED = "Proved", "Demostrado";
    STATE_DATA_PROVED = "Data proved", "Datos demostrados";
    STATE_FOR_A_PERSON = "For a person", "Para una persona";
    STATE_FAILED = "Failed", "Falló";
    STATE_DONE = "Done", "Hecho";
    STATE_NOT_YET = "Not yet", "Pendiente";
    STATE_BEGUN = "Begun", "Comenzada";
    STATE_PASSED = "Passed", "Superada";
    STATE_EQUAL = "Equal", "Igual";
    STATE_DIFFERENT = "Different", "Distinta";
    STATE_UNCOMPARED = "Not compared", "Sin comparar";
    // Criteria, checklists
    CRITERIA = "The ten criteria of success", "Los diez criterios de éxito";
    CRITERIA_SAY = "The plan's criteria, with what this run shows of each.",
        "Los criterios del plan, con lo que esta ejecución demuestra de cada uno.";
    NUMBER = "No.", "N.º";
    STATE = "State", "Estado";
    FUNCTIONAL = "Functional tests", "Pruebas funcionales";
    FUNCTIONAL_SAY = "What was tested by itself, and what is left to a person.",
        "Lo que se probó automáticamente y lo que queda para una persona.";
    CHECKLISTS = "Checklists of the plan", "Listas de verificación del plan";
    // Phases
    PHASES = "The six phases", "Las seis fases";
    PHASES_CAPTION = "State and time of each phase", "Estado y duración de cada fase";
    PHASE = "Phase", "Fase";
    ENDED_AT = "Ended", "Terminó";
    TOOK = "Time", "Duración";
    PHASE_PREPARE = "Prepare: check and back up", "Preparar: comprobar y respaldar";
    PHASE_PROVISION = "Provision: server and database", "Provisionar: servidor y base de datos";
    PHASE_CONFIGURE = "Configure: schema.prisma and .env", "Configurar: schema.prisma y .env";
    PHASE_MIGRATE = "Migrate: schema and rows", "Migrar: esquema y filas";
    PHASE_VERIFY = "Verify: compare and try", "Verificar: comparar y probar";
    PHASE_FINISH = "Finish: tuning, backups, archive", "Finalizar: ajustes, backups, archivo";
    // Tables
    TABLES = "Tables", "Tablas";
    TABLES_CAPTION = "Rows on both sides, and the digest of their content",
        "Filas en ambos lados y el resumen criptográfico de su contenido";
    TABLE = "Table", "Tabla";
    ROWS_SOURCE = "Rows in SQLite", "Filas en SQLite";
    ROWS_TARGET = "Rows in PostgreSQL", "Filas en PostgreSQL";
    SET_ASIDE = "Set aside", "Apartadas";
    LEFT_OUT = "Left behind", "Excluidas";
    CONTENT = "Content", "Contenido";
    DIGEST = "Digest (SHA-256)", "Resumen (SHA-256)";
    LOAD_TIME = "Load time", "Carga";
    SENT = "Sent", "Enviado";
    CHANGED_BY_RULE = "Values changed by rule", "Valores cambiados por regla";
    TOTAL = "Total", "Total";
    NOW_NAMED = "now {name}", "ahora {name}";
    DIGEST_TARGET = "PostgreSQL:", "PostgreSQL:";
    DIGEST_SOURCE = "SQLite:", "SQLite:";
    DIFFERENCES = "What differs", "Qué es distinto";
    ROWS_DIFFER = "{n} row differs|{n} rows differ", "{n} fila es distinta|{n} filas son distintas";
    MISSING = "missing in PostgreSQL", "falta en PostgreSQL";
    EXTRA = "only in PostgreSQL", "solo en PostgreSQL";
    CHANGED_ROW = "changed", "modificada";
    SCHEMA_DIFFERENCES = "The schema differs:", "El esquema es distinto:";
    EXPECTED = "expected {expected}, found {found}", "se esperaba {expected}, se encontró {found}";
    SKIPPED_TABLES = "Tables left out", "Tablas excluidas";
    SKIPPED_CAPTION = "Tables of SQLite that were not moved, each with the reason; bookkeeping holds no data of yours",
        "Tablas de SQLite que no se trasladaron, cada una con su motivo; las de uso interno no contienen datos suyos";
    BOOKKEEPING = "Bookkeeping", "Uso interno";
    YES = "yes", "sí";
    NO = "no", "no";
    REASON = "Reason", "Motivo";
    // A later look
    SINCE = "Since the earlier report", "Desde el informe anterior";
    SINCE_CAPTION = "Rows of each table then and now; how many are new, gone or changed at least",
        "Filas de cada tabla entonces y ahora; cuántas son nuevas, faltan o cambiaron como mínimo";
    ROWS_THEN = "Rows then", "Filas entonces";
    ROWS_NOW = "Rows now", "Filas ahora";
    NEW_ROWS = "New", "Nuevas";
    GONE_ROWS = "Gone", "Faltan";
    CHANGED_ROWS = "Changed", "Cambiadas";
    STANDING_SAME = "As it was", "Como estaba";
    STANDING_GROWN = "With new rows", "Con filas nuevas";
    STANDING_CHANGED = "Changed", "Cambiada";
    STANDING_UNCLEAR = "Unclear", "No está claro";
    STANDING_GONE = "Gone", "Ya no está";
    STANDING_UNKNOWN = "Unknown", "No se sabe";
    // Findings
    FINDINGS = "Findings", "Hallazgos";
    FINDINGS_SAY = "What is not plain about this database. Messages are in English, as the tool writes them.",
        "Lo que no es corriente en esta base de datos. Los mensajes están en inglés, tal como los escribe la herramienta.";
    PROBLEMS = "Problems", "Problemas";
    WARNING_FINDINGS = "Warnings", "Advertencias";
    NOTES = "Notes", "Notas";
    SHOW_THEM = "Show them", "Mostrarlas";
    REMEDY = "What to do:", "Qué hacer:";
    ROW = "row {n}", "fila {n}";
    ROW_WITH_KEY = "row with key {key}", "fila con clave {key}";
    FIRST_PLACES = "First places", "Primeros lugares";
    TIMES_COUNTED = "{n} time|{n} times", "{n} vez|{n} veces";
    // Speed
    SPEED = "Time and speed", "Tiempo y velocidad";
    SECTIONS_TITLE = "Time per section", "Tiempo por etapa";
    SECTIONS_DESC = "Horizontal bars: {list}.", "Barras horizontales: {list}.";
    SECTIONS_OVERLAP = "Sections may run side by side, so they can add up to more than the whole.",
        "Las etapas pueden ejecutarse a la vez; por eso pueden sumar más que el total.";
    SECTION = "Section", "Etapa";
    SECONDS = "Seconds", "Segundos";
    RATES_TITLE = "Rows per second while loading", "Filas por segundo durante la carga";
    RATES_DESC = "From {from} to {to} after loading began: {mean} rows per second on average, {peak} at the fastest.",
        "Desde {from} hasta {to} tras el inicio de la carga: {mean} filas por segundo de media, {peak} en el punto más rápido.";
    ROWS_PER_SECOND = "rows/s", "filas/s";
    BYTES_PER_SECOND = "Bytes per second", "Bytes por segundo";
    FROM_TO = "Time since the start", "Tiempo desde el inicio";
    LARGEST_TITLE = "Rows per table", "Filas por tabla";
    LARGEST_TITLE_SOME = "Rows per table, the {n} largest", "Filas por tabla, las {n} más grandes";
    LARGEST_DESC = "Horizontal bars: {list}. The figures are in the section Tables.",
        "Barras horizontales: {list}. Las cifras están en la sección Tablas.";
    SECTION_BACKUP = "Backup", "Respaldo";
    SECTION_PROVISION = "Server and database", "Servidor y base de datos";
    SECTION_ASSESS = "Assess every value", "Examinar cada valor";
    SECTION_SCHEMA = "Create the tables", "Crear las tablas";
    SECTION_LOAD_ROWS = "Load the rows", "Cargar las filas";
    SECTION_INDEXES = "Build keys and indexes", "Construir claves e índices";
    SECTION_FOREIGN_KEYS = "Check foreign keys", "Comprobar claves foráneas";
    SECTION_SEQUENCES = "Set the sequences", "Ajustar las secuencias";
    SECTION_PROVE = "Prove: compare every value", "Demostrar: cada valor";
    SECTION_PUBLISH = "Publish", "Publicar";
    SECTION_VERIFY = "Compare again (phase 5)", "Comparar otra vez (fase 5)";
    SECTION_SERVER = "Try the application", "Probar la aplicación";
    SECTION_FINISH = "Finish", "Finalizar";
    // Backups, users, way back, run
    BACKUPS = "Backups", "Backups";
    BACKUPS_CAPTION = "Files of the backup, each with its checksum", "Archivos del backup, cada uno con su suma de verificación";
    BACKUPS_SAY = "To check one: sha256sum FILE on Linux, Get-FileHash FILE in PowerShell.",
        "Para comprobar uno: sha256sum ARCHIVO en Linux, Get-FileHash ARCHIVO en PowerShell.";
    FILE = "File", "Archivo";
    FOR = "What for", "Para qué";
    SIZE = "Size", "Tamaño";
    CHECKSUM = "SHA-256", "SHA-256";
    KIND_DATABASE = "Database", "Base de datos";
    KIND_ENVIRONMENT = "Environment", "Variables de entorno";
    KIND_SCHEMA = "Prisma schema", "Esquema de Prisma";
    KIND_MIGRATIONS = "Prisma migrations", "Migraciones de Prisma";
    KIND_SESSIONS = "WhatsApp sessions", "Sesiones de WhatsApp";
    KIND_DUMP = "SQL dump", "Volcado SQL";
    KIND_ROW_COUNTS = "Row counts", "Recuento de filas";
    KIND_EXPORT = "Bot configurations", "Configuraciones de bots";
    KIND_ARCHIVE = "Archive of SQLite", "Archivo histórico de SQLite";
    KIND_POSTGRES = "PostgreSQL backup", "Backup de PostgreSQL";
    USERS = "Users", "Usuarios";
    USERS_CAPTION = "Users in PostgreSQL, without their password hashes", "Usuarios en PostgreSQL, sin los hashes de sus contraseñas";
    USER_ID = "Id", "Id";
    USERNAME = "Name", "Nombre";
    ROLE = "Role", "Rol";
    ROLLBACK = "The way back", "Cómo volver atrás";
    ROLLBACK_SAY = "Stop the application's server first. The SQLite file and the settings as they were are in the backup.",
        "Detenga primero el servidor de la aplicación. El archivo SQLite y la configuración, tal como estaban, están en el backup.";
    RUN_HEADING = "This run", "Esta ejecución";
    RUN_COMMAND = "Command", "Comando";
    RUN_STARTED = "Began", "Comenzó";
    RUN_ENDED = "Ended", "Terminó";
    RUN_SOURCE = "Source", "Origen";
    RUN_TARGET = "Target", "Destino";
    RUN_AGAINST = "Held against", "Comparado con";
    RUN_SERVER = "Server", "Servidor";
    RUN_PROVIDER = "Provided by", "Proporcionado por";
    RUN_APP = "Application", "Aplicación";
    RUN_WORK = "Work directory", "Carpeta de trabajo";
    RUN_VERSION = "Version of autobot", "Versión de autobot";
    RUN_LEVEL = "Compared", "Comparación";
    LEVEL_COUNTS = "row counts", "número de filas";
    LEVEL_CONTENT = "every value, by digests", "cada valor, mediante resúmenes criptográficos";
    LEVEL_ROWS = "every row against its counterpart", "cada fila con su correspondiente";
    PROVIDER_EMBEDDED = "embedded PostgreSQL", "PostgreSQL integrado";
    PROVIDER_LOCAL = "a PostgreSQL on this machine", "un PostgreSQL de este equipo";
    PROVIDER_DOCKER = "Docker Compose", "Docker Compose";
    PROVIDER_EXISTING = "an existing server", "un servidor existente";
}
