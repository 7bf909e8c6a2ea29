//! Writes the report of an imagined run into a folder, as JSON and in both languages: something to look at and to hand
//! to a validator. `cargo run --package autobot-report --example sample -- FOLDER`

mod imagined;

use std::path::PathBuf;

use autobot_report::{Lang, to_html, to_json};

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    for (name, report) in [
        ("migrated", imagined::migrated()),
        ("troubled", imagined::troubled()),
        ("refused", imagined::refused()),
        ("copied", imagined::copied()),
        ("later", imagined::later()),
        ("large", imagined::large()),
    ] {
        std::fs::write(folder.join(format!("{name}.json")), to_json(&report))?;
        for lang in Lang::ALL {
            std::fs::write(folder.join(format!("{name}.{lang}.html")), to_html(&report, lang))?;
        }
    }
    Ok(())
}
