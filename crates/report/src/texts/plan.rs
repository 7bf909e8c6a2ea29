//! The plan of record's own lines: Spanish as the plan has them, English as we translate them.

use crate::{Lang, Words};

/// The plan's checklists: heading and lines, each English and Spanish.
pub(crate) const CHECKLISTS: [(Words, &[Words]); 4] = [
    (
        Words::new("Before the migration", "Pre-Migración"),
        &[
            Words::new("Complete backup of SQLite (dev.db)", "Backup completo de SQLite (dev.db)"),
            Words::new("Backup of the settings (.env)", "Backup de configuraciones (.env)"),
            Words::new("Backup of the WhatsApp sessions (sessions/)", "Backup de sesiones de WhatsApp (sessions/)"),
            Words::new("Export the bots' configurations (JSON)", "Exportar configuraciones de bots (JSON)"),
            Words::new("Check the present data (count rows)", "Verificar datos actuales (contar registros)"),
            Words::new("Write down important settings", "Documentar configuraciones importantes"),
        ],
    ),
    (
        Words::new("Migration", "Migración"),
        &[
            Words::new("PostgreSQL installed and running", "PostgreSQL instalado/corriendo"),
            Words::new("Database created", "Base de datos creada"),
            Words::new(
                "Prisma schema updated (provider = \"postgresql\")",
                "Schema Prisma actualizado (provider = \"postgresql\")",
            ),
            Words::new(
                ".env updated with the DATABASE_URL of PostgreSQL",
                ".env actualizado con DATABASE_URL de PostgreSQL",
            ),
            Words::new("Old migrations removed", "Migraciones antiguas eliminadas"),
            Words::new("New initial migration created", "Nueva migración inicial creada"),
            Words::new("Data migrated (if it applies)", "Datos migrados (si aplica)"),
            Words::new("Prisma Client generated anew", "Prisma Client regenerado"),
        ],
    ),
    (
        Words::new("After the migration", "Post-Migración"),
        &[
            Words::new("The server starts without errors", "Servidor inicia sin errores"),
            Words::new("The connection to PostgreSQL works", "Conexión a PostgreSQL exitosa"),
            Words::new("Login works", "Login funciona"),
            Words::new("WhatsApp connects properly", "WhatsApp conecta correctamente"),
            Words::new("Settings are saved", "Configuraciones se guardan"),
            Words::new("Messages are stored", "Mensajes se almacenan"),
            Words::new("The CRM works", "CRM funciona"),
            Words::new("Reminders work", "Recordatorios funcionan"),
            Words::new("Data persist after a restart", "Datos persisten después de reiniciar"),
        ],
    ),
    (
        Words::new("Clean-up", "Limpieza"),
        &[
            Words::new("Backups in order", "Backups organizados"),
            Words::new("Documentation updated", "Documentación actualizada"),
            Words::new("Automatic backup script set up", "Script de backup automático configurado"),
            Words::new("Old SQLite file archived (not deleted)", "Archivo SQLite antiguo archivado (no eliminado)"),
        ],
    ),
];

/// The plan's ten criteria of success, English and Spanish.
pub(crate) const CRITERIA: [Words; 10] = [
    Words::new("The server starts without database errors", "Servidor inicia sin errores de base de datos"),
    Words::new("All users can log in", "Todos los usuarios pueden hacer login"),
    Words::new("WhatsApp connects and works normally", "WhatsApp conecta y funciona normalmente"),
    Words::new("Settings are saved and persist", "Configuraciones se guardan y persisten"),
    Words::new("Messages are stored correctly", "Mensajes se almacenan correctamente"),
    Words::new("The CRM works (clients, notes, states)", "CRM funciona (clientes, notas, estados)"),
    Words::new("Reminders work", "Recordatorios funcionan"),
    Words::new("No data is lost", "No hay pérdida de datos"),
    Words::new("The system is stable after a restart", "Sistema es estable después de reiniciar"),
    Words::new("Automatic backups are set up", "Backups automáticos configurados"),
];

/// The headings and lines of the functional checklist, which are known by their Spanish.
const FUNCTIONAL: [Words; 24] = [
    Words::new("Test 1: Authentication", "Test 1: Autenticación"),
    Words::new("Log in as an existing user (or admin/admin123)", "Login con usuario existente (o admin/admin123)"),
    Words::new("Create a user", "Crear nuevo usuario"),
    Words::new("Change the password", "Cambiar contraseña"),
    Words::new("Log out", "Logout"),
    Words::new("Test 2: WhatsApp", "Test 2: WhatsApp"),
    Words::new("Connect WhatsApp (scan the QR code)", "Conectar WhatsApp (escanear QR)"),
    Words::new("Check the state of the connection", "Verificar estado de conexión"),
    Words::new("Send a test message", "Enviar mensaje de prueba"),
    Words::new("Receive a message", "Recibir mensaje"),
    Words::new("Test 3: Settings", "Test 3: Configuración"),
    Words::new("Update the bot's settings", "Actualizar configuración del bot"),
    Words::new("Save the OpenAI API key", "Guardar API key de OpenAI"),
    Words::new("Change the system prompt", "Modificar system prompt"),
    Words::new("Check that it is saved properly", "Verificar que se guarda correctamente"),
    Words::new("Test 4: CRM", "Test 4: CRM"),
    Words::new("See the list of clients", "Ver lista de clientes"),
    Words::new("Update a client's data", "Actualizar información de cliente"),
    Words::new("Send a message by hand", "Enviar mensaje manual"),
    Words::new("Create a reminder", "Crear recordatorio"),
    Words::new("Test 5: Persistence", "Test 5: Persistencia"),
    Words::new("Restart the server", "Reiniciar servidor"),
    Words::new("Check that data persist", "Verificar que datos persisten"),
    Words::new("Check that the WhatsApp session persists", "Verificar que sesión de WhatsApp persiste"),
];

/// A heading or line of the functional checklist in a language; what the plan does not have stays as it is.
pub fn functional_in(lang: Lang, spanish: &str) -> &str {
    FUNCTIONAL.iter().find(|words| words.to(Lang::Es) == spanish).map_or(spanish, |words| words.to(lang))
}
