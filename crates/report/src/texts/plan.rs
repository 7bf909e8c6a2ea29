//! The plan of record's own lines: Spanish as the plan has them, English as we translate them.

use crate::Lang;

/// English and Spanish.
pub(crate) type Words = (&'static str, &'static str);

/// The plan's checklists: heading and lines, each English and Spanish.
pub(crate) const CHECKLISTS: [(Words, &[Words]); 4] = [
    (
        ("Before the migration", "Pre-Migración"),
        &[
            ("Complete backup of SQLite (dev.db)", "Backup completo de SQLite (dev.db)"),
            ("Backup of the settings (.env)", "Backup de configuraciones (.env)"),
            ("Backup of the WhatsApp sessions (sessions/)", "Backup de sesiones de WhatsApp (sessions/)"),
            ("Export the bots' configurations (JSON)", "Exportar configuraciones de bots (JSON)"),
            ("Check the present data (count rows)", "Verificar datos actuales (contar registros)"),
            ("Write down important settings", "Documentar configuraciones importantes"),
        ],
    ),
    (
        ("Migration", "Migración"),
        &[
            ("PostgreSQL installed and running", "PostgreSQL instalado/corriendo"),
            ("Database created", "Base de datos creada"),
            (
                "Prisma schema updated (provider = \"postgresql\")",
                "Schema Prisma actualizado (provider = \"postgresql\")",
            ),
            (".env updated with the DATABASE_URL of PostgreSQL", ".env actualizado con DATABASE_URL de PostgreSQL"),
            ("Old migrations removed", "Migraciones antiguas eliminadas"),
            ("New initial migration created", "Nueva migración inicial creada"),
            ("Data migrated (if it applies)", "Datos migrados (si aplica)"),
            ("Prisma Client generated anew", "Prisma Client regenerado"),
        ],
    ),
    (
        ("After the migration", "Post-Migración"),
        &[
            ("The server starts without errors", "Servidor inicia sin errores"),
            ("The connection to PostgreSQL works", "Conexión a PostgreSQL exitosa"),
            ("Login works", "Login funciona"),
            ("WhatsApp connects properly", "WhatsApp conecta correctamente"),
            ("Settings are saved", "Configuraciones se guardan"),
            ("Messages are stored", "Mensajes se almacenan"),
            ("The CRM works", "CRM funciona"),
            ("Reminders work", "Recordatorios funcionan"),
            ("Data persist after a restart", "Datos persisten después de reiniciar"),
        ],
    ),
    (
        ("Clean-up", "Limpieza"),
        &[
            ("Backups in order", "Backups organizados"),
            ("Documentation updated", "Documentación actualizada"),
            ("Automatic backup script set up", "Script de backup automático configurado"),
            ("Old SQLite file archived (not deleted)", "Archivo SQLite antiguo archivado (no eliminado)"),
        ],
    ),
];

/// The plan's ten criteria of success, English and Spanish.
pub(crate) const CRITERIA: [Words; 10] = [
    ("The server starts without database errors", "Servidor inicia sin errores de base de datos"),
    ("All users can log in", "Todos los usuarios pueden hacer login"),
    ("WhatsApp connects and works normally", "WhatsApp conecta y funciona normalmente"),
    ("Settings are saved and persist", "Configuraciones se guardan y persisten"),
    ("Messages are stored correctly", "Mensajes se almacenan correctamente"),
    ("The CRM works (clients, notes, states)", "CRM funciona (clientes, notas, estados)"),
    ("Reminders work", "Recordatorios funcionan"),
    ("No data is lost", "No hay pérdida de datos"),
    ("The system is stable after a restart", "Sistema es estable después de reiniciar"),
    ("Automatic backups are set up", "Backups automáticos configurados"),
];

/// The headings and lines of the functional checklist, Spanish (by which they are known) and English.
const FUNCTIONAL: [(&str, &str); 24] = [
    ("Test 1: Autenticación", "Test 1: Authentication"),
    ("Login con usuario existente (o admin/admin123)", "Log in as an existing user (or admin/admin123)"),
    ("Crear nuevo usuario", "Create a user"),
    ("Cambiar contraseña", "Change the password"),
    ("Logout", "Log out"),
    ("Test 2: WhatsApp", "Test 2: WhatsApp"),
    ("Conectar WhatsApp (escanear QR)", "Connect WhatsApp (scan the QR code)"),
    ("Verificar estado de conexión", "Check the state of the connection"),
    ("Enviar mensaje de prueba", "Send a test message"),
    ("Recibir mensaje", "Receive a message"),
    ("Test 3: Configuración", "Test 3: Settings"),
    ("Actualizar configuración del bot", "Update the bot's settings"),
    ("Guardar API key de OpenAI", "Save the OpenAI API key"),
    ("Modificar system prompt", "Change the system prompt"),
    ("Verificar que se guarda correctamente", "Check that it is saved properly"),
    ("Test 4: CRM", "Test 4: CRM"),
    ("Ver lista de clientes", "See the list of clients"),
    ("Actualizar información de cliente", "Update a client's data"),
    ("Enviar mensaje manual", "Send a message by hand"),
    ("Crear recordatorio", "Create a reminder"),
    ("Test 5: Persistencia", "Test 5: Persistence"),
    ("Reiniciar servidor", "Restart the server"),
    ("Verificar que datos persisten", "Check that data persist"),
    ("Verificar que sesión de WhatsApp persiste", "Check that the WhatsApp session persists"),
];

/// A heading or line of the functional checklist in a language; what the plan does not have stays as it is.
pub fn functional_in(lang: Lang, spanish: &str) -> &str {
    match lang {
        Lang::Es => spanish,
        Lang::En => FUNCTIONAL.iter().find(|(es, _)| *es == spanish).map_or(spanish, |(_, en)| en),
    }
}
