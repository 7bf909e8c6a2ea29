use super::*;

fn machine(gib: u64, cores: u32) -> Machine {
    Machine {
        memory_bytes: gib * 1024 * rules::MIB,
        cores,
        disk: Disk::Ssd,
        free_disk_bytes: Some(100 * 1024 * rules::MIB),
        system: System::Linux,
        share: Share::WithApplication,
        server_major: 15,
    }
}

fn value(machine: &Machine, name: &str) -> Option<String> {
    settings(machine).into_iter().find(|setting| setting.name == name).map(|setting| setting.value)
}

#[test]
fn a_development_machine_gets_about_what_the_plan_says() {
    let dedicated = Machine { share: Share::Dedicated, ..machine(1, 2) };
    assert_eq!(value(&dedicated, "max_connections").unwrap(), "100");
    assert_eq!(value(&dedicated, "shared_buffers").unwrap(), "256MB");
    assert_eq!(value(&dedicated, "effective_cache_size").unwrap(), "768MB");
}

#[test]
fn small_and_large_machines_stay_within_bounds() {
    let tiny = Machine { memory_bytes: 256 * rules::MIB, ..machine(0, 1) };
    assert_eq!(value(&tiny, "shared_buffers").unwrap(), "32MB");
    assert_eq!(value(&tiny, "work_mem").unwrap(), "4MB");
    assert_eq!(value(&tiny, "max_connections").unwrap(), "50");
    assert_eq!(value(&tiny, "max_parallel_workers_per_gather").unwrap(), "0");
    let huge = machine(512, 64);
    assert_eq!(value(&huge, "shared_buffers").unwrap(), "8GB");
    assert_eq!(value(&huge, "work_mem").unwrap(), "64MB");
    assert_eq!(value(&huge, "maintenance_work_mem").unwrap(), "1GB");
}

#[test]
fn settings_that_a_server_would_refuse_are_left_out() {
    let windows = Machine { system: System::Windows, server_major: 12, ..machine(8, 4) };
    assert_eq!(value(&windows, "effective_io_concurrency"), None);
    assert_eq!(value(&windows, "log_parameter_max_length"), None);
    assert!(value(&machine(8, 4), "log_parameter_max_length").is_some());
}

#[test]
fn a_full_disk_limits_the_log() {
    let full = Machine { free_disk_bytes: Some(2048 * rules::MIB), ..machine(8, 4) };
    assert_eq!(value(&full, "max_wal_size").unwrap(), "256MB");
    assert_eq!(value(&machine(8, 4), "max_wal_size").unwrap(), "2GB");
}

#[test]
fn the_fragment_in_both_languages() {
    insta::assert_snapshot!("fragment_english", fragment(&machine(8, 4), Language::English));
    insta::assert_snapshot!("fragment_spanish", fragment(&machine(8, 4), Language::Spanish));
}
