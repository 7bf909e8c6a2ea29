use super::*;
use crate::secrets::classify::is_secret;

#[track_caller]
fn check(key: &str, value: &str, expected: bool) {
    assert_eq!(is_secret(key, value), expected, "{key}={value}");
}

#[test]
fn names_and_shapes_decide() {
    check("OPENAI_API_KEY", "sk-proj-XXXX", true);
    check("JWT_SECRET", "short", true);
    check("JWT_SECRET", "123456", true);
    check("ADMIN_PASS", "letmein", true);
    check("apiToken", "abc", true);
    check("ADMIN", "admin123", true);
    check("FOO", "hunter2", true);
    check("ID", "6f1c2d3e4a5b6c7d8e9f", true);
    check("SMTP", "smtp://me:pw@mail.example.com:25", true);
    check("HOOK", "https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXX1XXXXXXXXXXXXXXX", true);
    check("CALLBACK", "https://example.com/?code=1", true);
    check("PORT", "3000", false);
    check("NODE_ENV", "development", false);
    check("DEBUG", "true", false);
    check("SALT_ROUNDS", "10", false);
    check("OPENAI_MODEL", "gpt-4o-mini", false);
    check("DATABASE_URL", "file:./dev.db", false);
    check("SESSIONS_DIR", "./sessions", false);
    check("TZ", "America/Montevideo", false);
    check("FRONTEND_URL", "http://localhost:5173", false);
    check("EMPTY_SECRET", "", false);
}

#[test]
fn a_shown_file_has_no_secret_anywhere() {
    let file = "PORT=3000\nDATABASE_URL=\"postgresql://bot:s3cr3t%23pw@db:5432/a?schema=public\" # was s3cr3t%23pw\n\
                # KEY2=sk-1234567890 old\n# password: hunter2hunter\n# see https://u:pw123@x.org/ and nothing else\n\
                PEM=\"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqh\n-----END\"\nAPI_TOKEN=tok-abcdef # tok-abcdef\n\
                loose words that dotenv skips\n";
    let shown = masked_env(file.as_bytes());
    for secret in ["s3cr3t", "sk-1234567890", "hunter2hunter", "pw123", "MIIE", "tok-abcdef", "loose"] {
        assert!(!shown.contains(secret), "{secret} in\n{shown}");
    }
    assert!(shown.contains("PORT=3000\nDATABASE_URL=\"postgresql://bot:****@db:5432/a?schema=public\""), "{shown}");
}

#[test]
fn a_comment_without_secrets_is_shown() {
    let file = "# JWT Secret (cambiar en producción)\n# Opción A: PostgreSQL Local\n# see https://pris.ly/d/prisma-schema\nA=1\r\n";
    assert_eq!(masked_env(file.as_bytes()), file);
}

#[test]
fn logins_in_other_texts_are_covered() {
    let text = "url = \"postgresql://a:geheim@h/d\"\n  // postgres://x:y@z/w\nmodel User {\n";
    let shown = masked_text(text, &[]);
    assert!(!shown.contains("geheim") && !shown.contains("x:y"), "{shown}");
    assert!(shown.ends_with("model User {\n"));
    assert_eq!(masked_text("  url      = env(\"DATABASE_URL\")\n", &[]), "  url      = env(\"DATABASE_URL\")\n");
}
