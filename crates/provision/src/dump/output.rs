//! The last words of a program.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::process::Child;
use tokio::task::JoinHandle;

use crate::{Error, Result};

/// How much of its standard error is kept.
const WORDS_BYTES_MAX: usize = 8 * 1024;

/// Reads a stream to its end beside everything else and keeps the last of it: a full pipe would stop the program.
pub(super) fn keep_last(stream: Option<impl AsyncRead + Unpin + Send + 'static>) -> JoinHandle<String> {
    tokio::spawn(async move {
        let mut kept: Vec<u8> = Vec::new();
        let Some(mut stream) = stream else { return String::new() };
        let mut block = [0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut block).await {
            kept.extend_from_slice(&block[..read]);
            let surplus = kept.len().saturating_sub(WORDS_BYTES_MAX);
            kept.drain(..surplus);
        }
        String::from_utf8_lossy(&kept).into_owned()
    })
}

/// Waits for a program; one that failed becomes an error with its last words.
pub(super) async fn finish(program: &str, child: &mut Child, words: JoinHandle<String>) -> Result<()> {
    let run = |source: io::Error| Error::Run { program: program.to_owned(), source };
    let status = child.wait().await.map_err(run)?;
    let words = words.await.unwrap_or_default();
    if status.success() {
        return Ok(());
    }
    Err(Error::Failed { command: program.to_owned(), status, words: without_values(&words) })
}

/// Drops the lines that can quote rows: an error's detail and context.
fn without_values(words: &str) -> String {
    let quotes = |line: &&str| !["DETAIL:", "CONTEXT:", "LINE ", "QUERY:"].iter().any(|word| line.contains(word));
    words.lines().filter(quotes).collect::<Vec<_>>().join("\n")
}
