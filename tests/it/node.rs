//! The sample application in a checkout: its packages, its client, its server, its own scripts.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use crate::checkout::Checkout;
use crate::program::Ran;

/// How long the server may take to start.
const START_MAX: Duration = Duration::from_mins(1);

/// Where `scripts/test` installs the application's packages, and where its scripts are.
fn application() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("autobot-app")
}

/// The functional tests of the plan, as the application's own list.
pub(crate) fn functional_tests() -> PathBuf {
    application().join("functional-tests.toml")
}

/// What report pages are held against, and where `scripts/test` installs its packages.
pub(crate) fn page_check() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("page-check")
}

/// The browser that pages are looked at in; none, said by name, where it or the checker's packages are missing; fails
/// where everything is required.
pub(crate) fn chromium() -> Option<PathBuf> {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    (installed(&page_check().join("node_modules")) && there(&chromium, "`scripts/setup` installs Chromium"))
        .then_some(chromium)
}

/// False, said by name, where the application's packages are not installed; fails where everything is required.
pub(crate) fn present() -> bool {
    installed(&application().join("server/node_modules"))
}

fn installed(packages: &Path) -> bool {
    there(&packages.join(".package-lock.json"), "`scripts/test` installs the packages (Node.js is needed)")
}

fn there(path: &Path, remedy: &str) -> bool {
    if path.exists() {
        return true;
    }
    let said = format!("no {}: {remedy}", path.display());
    let required = std::env::var_os("AUTOBOT_TEST_REQUIRE_PG").is_some_and(|value| !value.is_empty() && value != "0");
    assert!(!required, "{said}");
    eprintln!("skipped: {said}");
    false
}

/// Gives a checkout the application's packages. Files are linked where that is possible: none is written to in place.
pub(crate) fn install(checkout: &Checkout) {
    let (from, to) = (application().join("server/node_modules"), checkout.path("server/node_modules"));
    let link = Command::new("cp").args(["-a", "-l"]).arg(&from).arg(&to).stderr(Stdio::null()).status();
    if !link.is_ok_and(|status| status.success()) {
        let _ = fs::remove_dir_all(&to);
        assert!(Command::new("cp").arg("-a").arg(&from).arg(&to).status().unwrap().success());
    }
    // What somebody generated there is not this checkout's.
    let _ = fs::remove_dir_all(to.join(".prisma"));
}

/// `npx prisma …` in the checkout's server.
pub(crate) fn prisma(checkout: &Checkout, arguments: &[&str]) -> Ran {
    let mut command = Command::new("npx");
    command.args(["--no-install", "prisma"]).args(arguments).current_dir(checkout.path("server"));
    Ran::of(command.env("PRISMA_HIDE_UPDATE_MESSAGE", "1").env("CHECKPOINT_DISABLE", "1").stdin(Stdio::null()))
}

/// One of the application's own scripts against a running server; what it printed.
pub(crate) fn script(name: &str, server: &Server, arguments: &[&str]) -> String {
    let mut command = Command::new("node");
    command.arg(application().join(name)).args(["--url", &server.url]).args(arguments);
    Ran::of(&mut command).exits(0).out
}

/// A running server; killed when the test fails, stopped in good order by [`Server::stop`].
pub(crate) struct Server {
    child: Child,
    lines: Receiver<String>,
    log: Vec<String>,
    /// Where it answers.
    pub(crate) url: String,
}

impl Server {
    /// Starts the checkout's server on a free port and waits until it answers.
    pub(crate) fn start(checkout: &Checkout, environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new("./start_serv.sh");
        command.current_dir(checkout.root()).env("PORT", "0").envs(environment.iter().copied());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let output = child.stdout.take().unwrap();
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                // Nobody reads on when the test has ended.
                let _ = sender.send(line);
            }
        });
        let mut server = Self { child, lines, log: Vec::new(), url: String::new() };
        while server.url.is_empty() {
            let line = server.lines.recv_timeout(START_MAX);
            let line = line.unwrap_or_else(|error| panic!("the server does not start ({error}): {:#?}", server.log));
            if let Some(port) = line.strip_prefix("Server running on port ") {
                server.url = format!("http://127.0.0.1:{port}");
            }
            server.log.push(line);
        }
        server
    }

    /// Stops it in good order; gives its log.
    pub(crate) fn stop(mut self) -> Vec<String> {
        assert!(Command::new("kill").arg(self.child.id().to_string()).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "the server did not stop in good order: {:#?}", self.log);
        let mut log = std::mem::take(&mut self.log);
        log.extend(self.lines.iter());
        log
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on now.
pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
