//! WhatsApp sessions as the browser behind whatsapp-web.js leaves them: a profile directory for each bot.

use std::path::Path;

use crate::checkout::{self, Mode};
use crate::dates::{self, DAY_MS, START_MS};
use crate::error::Error;
use crate::random::Random;

/// Bots that are connected; a profile is some 200 KB, and two are enough to look real.
const CONNECTED_MAX: usize = 2;

/// The browser's database names its first manifest like this, line end included.
const CURRENT: &[u8] = b"MANIFEST-000001\n";

/// Writes the sessions directory: profiles of the first bots, and the cached page.
pub(crate) fn write(dir: &Path, bots: &[String], seed: u64) -> Result<(), Error> {
    checkout::directory(dir)?;
    let random = &mut Random::new(seed, 8);
    for (index, bot) in bots.iter().take(CONNECTED_MAX).enumerate() {
        profile(&dir.join(format!("session-{bot}")), bot, index, random)?;
    }
    if !bots.is_empty() {
        let page = format!("<!DOCTYPE html>\n<title>WhatsApp</title>\n<!-- ñ {:016x} -->\n", random.next()).repeat(60);
        checkout::file(&dir.join(".wwebjs_cache/2.3000.1012.html"), page.as_bytes(), Mode::Plain)?;
    }
    Ok(())
}

fn profile(dir: &Path, bot: &str, index: usize, random: &mut Random) -> Result<(), Error> {
    let connected = dates::iso(START_MS + 40 * DAY_MS);
    let session = serde_json::json!({
        "botId": bot, "state": "CONNECTED", "phone": format!("54911000{index:04}"), "connectedAt": connected,
    });
    let preferences = serde_json::json!({
        "profile": { "name": "Tu Chromium", "exit_type": "Normal" }, "browser": { "window_placement": null },
    });
    let log = format!("{connected} 1b Reusing MANIFEST Default/Local Storage/leveldb/MANIFEST-000001\n");
    let files: &[(&str, Vec<u8>)] = &[
        ("session.json", format!("{session:#}\n").into_bytes()),
        ("DevToolsActivePort", b"39215\n/devtools/browser/0".to_vec()),
        ("Default/Preferences", preferences.to_string().into_bytes()),
        ("Default/Cookies", random.bytes(20_480)),
        ("Default/Cookies-journal", Vec::new()),
        ("Default/Local Storage/leveldb/000003.log", random.bytes(24_571)),
        ("Default/Local Storage/leveldb/CURRENT", CURRENT.to_vec()),
        ("Default/Local Storage/leveldb/LOCK", Vec::new()),
        ("Default/Local Storage/leveldb/LOG", log.into_bytes()),
        ("Default/Local Storage/leveldb/MANIFEST-000001", random.bytes(41)),
        ("Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/000005.ldb", random.bytes(98_304)),
        ("Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/CURRENT", CURRENT.to_vec()),
        ("Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/LOCK", Vec::new()),
        ("Default/IndexedDB/https_web.whatsapp.com_0.indexeddb.leveldb/MANIFEST-000001", random.bytes(187)),
        ("Default/Cache/Cache_Data/data_0", random.bytes(45_056)),
        ("Default/Cache/Cache_Data/índice ñ.bin", random.bytes(368)),
    ];
    for (path, bytes) in files {
        checkout::file(&dir.join(path), bytes, Mode::Private)?;
    }
    checkout::directory(&dir.join("Default/Service Worker/CacheStorage"))?;
    links(dir)
}

/// Chromium's lock is a link to nowhere (host and process id); the other link leads to a file.
#[cfg(unix)]
fn links(dir: &Path) -> Result<(), Error> {
    for (target, name) in [("autobot-4242", "SingletonLock"), ("Local Storage/leveldb/LOG", "Default/LOG.latest")] {
        let path = dir.join(name);
        std::os::unix::fs::symlink(target, &path).map_err(|source| Error::Write { path, source })?;
    }
    Ok(())
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same signature as on Unix")]
fn links(_dir: &Path) -> Result<(), Error> {
    Ok(())
}
