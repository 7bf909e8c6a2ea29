//! Section 2h, rows 76 to 79: the files around the database, through the first phases on a sample AutoBOT.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use autobot_sample::{Sample, SampleOptions, make};
use sha2::{Digest as _, Sha256};

use crate::case::{Case, Run, autobot};
use crate::life::files;

/// A sample AutoBOT beside the case's work directory, and an empty target.
fn application() -> Option<(Case, Sample)> {
    let case = Case::of("select 1")?;
    let sample = make(&case.work.path().join("AutoBOT"), &SampleOptions::small()).unwrap();
    Some((case, sample))
}

/// Carries out the phases up to this one.
fn through(case: &Case, sample: &Sample, last: u8) {
    for phase in 1..=last {
        let mut command = autobot();
        command.arg("--app").arg(&sample.root).args(["--json", "--target", &case.database.url]);
        let run = Run::of(command.args(["phase", &phase.to_string()]));
        assert_eq!(run.code, 0, "{run}");
    }
}

/// Lines of one text that are not the same in the other.
fn changed(before: &str, after: &str) -> Vec<String> {
    let (before, after): (Vec<&str>, Vec<&str>) = (before.split('\n').collect(), after.split('\n').collect());
    assert_eq!(before.len(), after.len(), "lines came or went: {after:?}");
    before.iter().zip(&after).filter(|(before, after)| before != after).map(|(_, after)| (*after).to_owned()).collect()
}

/// Row 76.
#[test]
fn env_with_everything_that_an_env_file_can_have() {
    let Some((case, sample)) = application() else { return };
    let before = "\u{feff}# the AutoBOT's settings\r\n#DATABASE_URL=file:./old.db\r\nexport JWT_SECRET='a#b'\r\n\
                  PROMPT=\"line one\r\nDATABASE_URL=file:not-this\r\n\"\r\nexport DATABASE_URL=\"file:./dev.db\" # here\r\nMY_DATABASE_URL=x\r\nLAST=1";
    let real = case.work.path().join("secret.env");
    fs::write(&real, before).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o600)).unwrap();
    fs::remove_file(&sample.env_file).unwrap();
    symlink(&real, &sample.env_file).unwrap();
    through(&case, &sample, 3);
    assert!(fs::symlink_metadata(&sample.env_file).unwrap().is_symlink(), "the link is still one");
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
    let after = fs::read_to_string(&real).unwrap();
    let changed: Vec<String> = changed(before, &after).into_iter().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(changed.len(), 1, "{changed:?}");
    assert!(
        changed[0].starts_with("export DATABASE_URL=\"postgresql://") && changed[0].ends_with("# here\r"),
        "{changed:?}"
    );
}

/// Row 77.
#[test]
fn schema_prisma_with_the_provider_in_comments() {
    let Some((case, sample)) = application() else { return };
    let own = fs::read_to_string(&sample.schema).unwrap();
    let before = format!(
        "// provider = \"sqlite\" was chosen in 2023\n/// url = \"file:./dev.db\"\n{own}\n// datasource db {{ provider = \"sqlite\" }}\n"
    );
    fs::write(&sample.schema, &before).unwrap();
    through(&case, &sample, 3);
    let after = fs::read_to_string(&sample.schema).unwrap();
    let datasource = |text: &str| {
        let from = text.find("\ndatasource").unwrap();
        (text[..from].to_owned(), text[from..].split_once("\n}").unwrap().1.to_owned())
    };
    let ((head, tail), (head_after, tail_after)) = (datasource(&before), datasource(&after));
    assert_eq!(head, head_after);
    // The indexes of the plan's optimisation are the only other lines that may come.
    let added: Vec<&str> = tail_after.lines().filter(|line| !tail.contains(line)).collect();
    assert!(added.iter().all(|line| line.trim().starts_with("@@index")), "{added:?}");
    let lost: Vec<&str> = tail.lines().filter(|line| !tail_after.contains(line)).collect();
    assert_eq!(lost, Vec::<&str>::new());
    assert!(after.contains("provider = \"postgresql\""), "{after}");
    assert!(after.ends_with("// datasource db { provider = \"sqlite\" }\n"));
}

/// Row 78.
#[test]
fn old_migrations_and_their_lock_are_archived() {
    let Some((case, sample)) = application() else { return };
    let hashes = |dir: &Path| -> Vec<Vec<u8>> {
        files(dir).iter().map(|file| Sha256::digest(fs::read(file).unwrap()).to_vec()).collect()
    };
    let old = hashes(&sample.migrations);
    assert!(old.len() > 1);
    through(&case, &sample, 4);
    let kept = hashes(&sample.root.join(".autobot-migration"));
    assert!(old.iter().all(|hash| kept.contains(hash)), "a migration of SQLite is nowhere in the backup");
    let lock = fs::read_to_string(sample.migrations.join("migration_lock.toml")).unwrap();
    assert!(lock.contains("provider = \"postgresql\""), "{lock}");
    assert_eq!(case.value("select count(*) from _prisma_migrations where finished_at is not null"), "1");
}

/// Row 79.
#[test]
fn sessions_with_links_sockets_and_long_names() {
    let Some((case, sample)) = application() else { return };
    let odd = sample.sessions.join("odd");
    fs::create_dir_all(&odd).unwrap();
    symlink("nowhere", odd.join("dangling")).unwrap();
    symlink("..", odd.join("loop")).unwrap();
    let socket = std::os::unix::net::UnixListener::bind(odd.join("SingletonSocket")).unwrap();
    let deep = odd.join("d".repeat(200)).join("e".repeat(200));
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("ñ\n😀"), "kept").unwrap();
    through(&case, &sample, 1);
    drop(socket);
    let work = sample.root.join(".autobot-migration");
    let manifest =
        files(&work).into_iter().find(|path| path.to_string_lossy().contains("manifest")).expect("a manifest");
    let manifest = fs::read_to_string(manifest).unwrap();
    let archive = files(&work)
        .into_iter()
        .find(|path| path.to_string_lossy().contains("sessions") && path.extension().is_some_and(|end| end == "gz"))
        .expect("an archive");
    let hash: String = Sha256::digest(fs::read(&archive).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
    assert!(manifest.contains(&hash), "the manifest has the archive's hash");
    let listed = std::process::Command::new("tar").arg("-tzf").arg(&archive).output().unwrap();
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(
        listed.contains("odd/dangling") && listed.contains("odd/loop") && listed.contains(&"e".repeat(200)),
        "{listed}"
    );
}
