use autobot_report::{Lang, Report, to_html};

use crate::imagined;

fn all() -> impl Iterator<Item = (Report, Lang, String)> {
    let reports = [
        imagined::migrated(),
        imagined::troubled(),
        imagined::refused(),
        imagined::copied(),
        imagined::later(),
        imagined::large(),
        Report::default(),
    ];
    reports.into_iter().flat_map(|report| {
        Lang::ALL.map(|lang| {
            let html = to_html(&report, lang);
            (report.clone(), lang, html)
        })
    })
}

/// The values of an attribute, in the order of the page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.match_indices(&start)
        .filter_map(|(at, _)| html[at + start.len()..].split_once('"'))
        .map(|(value, _)| value)
        .collect()
}

#[test]
fn every_element_is_closed_in_order() {
    const VOID: [&str; 1] = ["meta"];
    for (_, _, html) in all() {
        let mut open: Vec<&str> = Vec::new();
        for tag in html.split('<').skip(1).filter(|tag| !tag.starts_with('!')) {
            let (inside, _) = tag.split_once('>').unwrap();
            if let Some(name) = inside.strip_prefix('/') {
                assert_eq!(open.pop(), Some(name));
            } else {
                let name = inside.split([' ', '\n']).next().unwrap();
                if !VOID.contains(&name) {
                    open.push(name);
                }
            }
        }
        assert!(open.is_empty(), "{open:?} left open");
    }
}

#[test]
fn nothing_is_asked_of_any_other_place() {
    for (_, _, html) in all() {
        assert!(!html.contains("http://") && !html.contains("https://") && !html.contains("url("));
        assert!(
            !html.contains("<script") && !html.contains("<link") && !html.contains("<img") && !html.contains("@import")
        );
        assert!(values(&html, "src").is_empty());
        let links = values(&html, "href");
        assert!(!links.is_empty() && links.iter().all(|link| link.starts_with('#')), "{links:?}");
        let ids = values(&html, "id");
        assert!(links.iter().all(|link| ids.contains(&&link[1..])), "a link leads nowhere: {links:?}");
    }
}

#[test]
fn ids_are_given_once_and_labels_found() {
    for (_, _, html) in all() {
        let mut ids = values(&html, "id");
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
        for label in values(&html, "aria-labelledby").iter().flat_map(|labels| labels.split(' ')) {
            assert!(ids.contains(&label), "{label}");
        }
    }
}

#[test]
fn hostile_names_stay_text() {
    let html = to_html(&imagined::troubled(), Lang::En);
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(html.contains("a&quot;b&#39; onload=&#39;x"));
    assert!(html.contains("evil\\u{202E}txt.exe") && !html.contains('\u{202e}'));
    assert!(html.contains("line\\u{0}nul") && !html.contains('\u{0}'));
    assert!(html.contains("🤖 emoji &amp; co") && html.contains("שלום עולם"));
}

#[test]
fn headings_go_down_by_one_and_tables_have_captions_and_scopes() {
    for (_, _, html) in all() {
        let levels: Vec<u32> = html
            .match_indices("<h")
            .filter_map(|(at, _)| html[at + 2..].chars().next().and_then(|digit| digit.to_digit(10)))
            .collect();
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
        assert_eq!(html.matches("<table").count(), html.matches("<caption").count());
        assert!(!html.contains("<th>"));
    }
}

#[test]
fn the_language_is_declared_and_used() {
    let report = imagined::migrated();
    let (english, spanish) = (to_html(&report, Lang::En), to_html(&report, Lang::Es));
    assert!(english.contains("<html lang=\"en\">") && english.contains("The ten criteria of success"));
    assert!(spanish.contains("<html lang=\"es\">") && spanish.contains("Los diez criterios de éxito"));
    for word in ["Rows in", "For a person", "Checklists", "The way back", "Compared"] {
        assert!(english.contains(word) && !spanish.contains(word), "{word}");
    }
    assert!(spanish.contains("1\u{202f}002\u{202f}347") && english.contains("1,002,347"));
}

#[test]
fn no_place_of_a_text_is_left_empty() {
    for (_, _, html) in all() {
        let (_, body) = html.split_once("<body>").unwrap();
        assert!(!body.replace("\\u{", "").contains('{'), "a place was not filled");
        assert!(!body.contains("NaN") && !body.contains(">inf"));
    }
}

#[test]
fn states_are_words_and_what_differs_is_named() {
    let html = to_html(&imagined::troubled(), Lang::En);
    for words in [
        "does not hold what SQLite held",
        "Different",
        "missing in PostgreSQL",
        "text, 12 bytes, 3fa9c1",
        "index Client_updatedAt_idx",
        "POST /messages: expected 201",
    ] {
        assert!(html.contains(words), "{words}");
    }
    let good = to_html(&imagined::migrated(), Lang::En);
    assert!(good.contains("holds exactly what SQLite held") && !good.contains("badge bad"));
}

#[test]
fn a_refusal_says_what_to_do_and_claims_nothing() {
    let html = to_html(&imagined::refused(), Lang::Es);
    for words in ["Rechazada: esta base de datos", "Qué hacer:", "reports/problems-dev.jsonl", "badge bad", "AB043"] {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("badge good") || !html.contains("Demostrado"), "nothing is proved");
    assert!(!html.contains("id=\"tables\"") && !html.contains("NaN"));
}

#[test]
fn the_plots_show_the_figures() {
    let html = to_html(&imagined::migrated(), Lang::En);
    let bars: Vec<&str> = html
        .split("<rect class=\"bar\"")
        .skip(1)
        .filter_map(|rest| rest.split_once("width=\"")?.1.split_once('%'))
        .map(|(width, _)| width)
        .collect();
    // Sections: 2.3, 3.1, 12, 4.9, 3.4 and 0.08 seconds; then the five tables, largest first.
    assert_eq!(bars[..6], ["19.167", "25.833", "100.000", "40.833", "28.333", "0.667"]);
    assert_eq!(bars[6..], ["100.000", "0.224", "0.009", "0.001", "0.001"]);
    assert_eq!(html.matches("role=\"img\"").count(), 3);
    assert!(html.contains("100,000 rows/s") && html.contains("83,529 rows per second on average"));
}

#[test]
fn a_copy_speaks_of_no_phases() {
    let html = to_html(&imagined::copied(), Lang::En);
    assert!(
        !html.contains("id=\"criteria\"") && !html.contains("id=\"phases\"") && !html.contains("id=\"checklists\"")
    );
    assert!(html.contains("id=\"tables\""));
}

#[test]
fn a_later_look_says_what_became_of_each_table() {
    let html = to_html(&imagined::later(), Lang::Es);
    for words in
        ["hay filas modificadas o que ya no están", "Como estaba", "Con filas nuevas", "Cambiada", "Ya no está"]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("id=\"tables\"") && html.contains("id=\"since\"") && !html.contains("id=\"speed\""));
}

#[test]
fn a_large_report_stays_of_a_size_to_open() {
    let mut report = imagined::large();
    assert!(to_html(&report, Lang::Es).len() < 1_000_000);
    report.tables = report.tables.iter().cycle().take(20_000).cloned().collect();
    report.findings = report.findings.iter().cycle().take(50_000).cloned().collect();
    report.warnings = vec!["one".to_owned(); 10_000];
    report.users = report.users.iter().cycle().take(10_000).cloned().collect();
    let html = to_html(&report, Lang::En);
    assert!(html.len() < 2_500_000, "{}", html.len());
    assert!(html.contains("19,000 more are in report.json."));
}
