use super::*;

fn options(provider: &'static str) -> PageOptions {
    PageOptions {
        provider,
        target: "postgresql://autobot_user:****@localhost:5432/autobot?schema=public".to_owned(),
        role: "autobot_user".to_owned(),
        database: "autobot".to_owned(),
        backups: "backups".to_owned(),
        keep: 7,
        script: Some("backup_postgres.sh".to_owned()),
        at: "02:00".to_owned(),
        tuning: Some("server/prisma/postgresql.conf".to_owned()),
    }
}

#[test]
fn the_page_in_both_languages() {
    insta::assert_snapshot!("page_english", page(&options("docker"), Language::English));
    insta::assert_snapshot!("page_spanish", page(&options("embedded"), Language::Spanish));
}

#[test]
fn every_provider_has_its_words_and_no_placeholder_is_left() {
    for provider in ["embedded", "local", "docker", "existing"] {
        for language in [Language::English, Language::Spanish] {
            let bare = PageOptions { script: None, tuning: None, ..options(provider) };
            for text in [page(&options(provider), language), page(&bare, language)] {
                assert!(!text.contains("{{") && !text.contains("}}"), "{provider}: {text}");
            }
            let heading = language.of("### Installation\n\n", "### Instalación\n\n");
            let after = page(&bare, language).split_once(heading).unwrap().1.to_owned();
            assert!(!after.starts_with('\n'), "{provider} has no words");
        }
    }
}
