//! Settings of `postgresql.conf` computed for a machine, each with its reason (plan, section 6.1). Pure.

mod rules;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use crate::Language;

/// What the settings are computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Machine {
    /// Memory in bytes.
    pub memory_bytes: u64,
    /// Processor cores.
    pub cores: u32,
    /// The disk under the data directory.
    pub disk: Disk,
    /// Free space on that disk in bytes, where known.
    pub free_disk_bytes: Option<u64>,
    /// The operating system.
    pub system: System,
    /// What else runs there.
    pub share: Share,
    /// The server's major version, which decides which settings it knows.
    pub server_major: u16,
}

/// The kind of a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disk {
    /// Solid state: any block costs the same.
    Ssd,
    /// Rotating: the next block is cheaper than any other.
    Hdd,
}

/// An operating system, as far as PostgreSQL's settings differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum System {
    /// Linux.
    Linux,
    /// macOS.
    MacOs,
    /// Windows.
    Windows,
}

/// What else runs on the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Share {
    /// The application too, with a browser per WhatsApp session: half of the memory is PostgreSQL's.
    WithApplication,
    /// Nothing.
    Dedicated,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub name: &'static str,
    /// Its value as `postgresql.conf` has it, without quotes.
    pub value: String,
    /// Why this value, in English.
    pub reason_english: String,
    /// Why this value, in Spanish.
    pub reason_spanish: String,
}

impl Setting {
    /// Why this value.
    pub fn reason(&self, language: Language) -> &str {
        language.of(&self.reason_english, &self.reason_spanish)
    }
}

/// The settings for a machine, in the order of PostgreSQL's documentation.
pub fn settings(machine: &Machine) -> Vec<Setting> {
    let memory = rules::Memory::of(machine);
    let mut settings = rules::connections_and_memory(machine, &memory);
    settings.extend(rules::write_ahead_log(machine));
    settings.extend(rules::planner(machine, &memory));
    settings.extend(rules::parallel(machine));
    settings.extend(rules::log(machine));
    settings
}

/// A fragment of `postgresql.conf`, each value below its reason.
pub fn fragment(machine: &Machine, language: Language) -> String {
    let mut text = header(machine, language);
    for setting in settings(machine) {
        let _ = write!(text, "\n# {}\n{} = {}\n", setting.reason(language), setting.name, quoted(&setting.value));
    }
    text
}

fn header(machine: &Machine, language: Language) -> String {
    let memory = rules::size(machine.memory_bytes / rules::MIB);
    let disk = match machine.disk {
        Disk::Ssd => "SSD",
        Disk::Hdd => language.of("rotating disk", "disco giratorio"),
    };
    let (cores, major) = (machine.cores, machine.server_major);
    match language {
        Language::English => format!(
            "# PostgreSQL {major} for AutoBOT on this machine: {memory} of memory, {cores} cores, {disk}.\n\
             # Computed by autobot. Use it with a line in postgresql.conf, then restart the server:\n\
             #   include = '/path/to/this/file'\n"
        ),
        Language::Spanish => format!(
            "# PostgreSQL {major} para AutoBOT en esta máquina: {memory} de memoria, {cores} núcleos, {disk}.\n\
             # Calculado por autobot. Se usa con una línea en postgresql.conf y reiniciando el servidor:\n\
             #   include = '/ruta/de/este/archivo'\n"
        ),
    }
}

/// Numbers and words as they are, all else in quotes.
fn quoted(value: &str) -> String {
    if value.chars().all(|c| c.is_ascii_alphanumeric() || c == '.') { value.to_owned() } else { format!("'{value}'") }
}
