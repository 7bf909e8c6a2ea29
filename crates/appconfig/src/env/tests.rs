use autobot_db::Secret;
use proptest::prelude::*;

use super::parse::Quote;
use super::*;

const URL: &str = "postgresql://autobot:p%40ss%23w%24@localhost:5432/autobot?schema=public";

fn set_url(file: &[u8], url: &str) -> Result<Vec<u8>, Refusal> {
    set(file, &Wanted { key: "DATABASE_URL", value: &Secret::new(url), commented: Vec::new() })
}

#[track_caller]
fn check(before: &str, expected: &str) {
    let expected = expected.replace("URL!", URL);
    let edited = set_url(before.as_bytes(), URL).unwrap();
    assert_eq!(String::from_utf8_lossy(&edited), expected);
    let again = set_url(&edited, URL).unwrap();
    assert_eq!(again, edited, "a second time changes nothing");
}

#[track_caller]
fn check_values(file: &str, expected: &[(&str, &str)]) {
    let all = assignments(file.as_bytes());
    let values: Vec<(&str, &str)> =
        all.iter().map(|one| (one.key.as_str(), std::str::from_utf8(&one.value).unwrap())).collect();
    assert_eq!(values, expected);
}

#[test]
fn only_the_value_changes() {
    check(
        "PORT=3000\n\n# Database\nDATABASE_URL=\"file:./dev.db\"\nJWT_SECRET=x\n",
        "PORT=3000\n\n# Database\nDATABASE_URL=\"URL!\"\nJWT_SECRET=x\n",
    );
}

#[test]
fn quotes_stay_as_they_were() {
    check("DATABASE_URL='file:./dev.db'\n", "DATABASE_URL='URL!'\n");
    check("DATABASE_URL=`file:./dev.db`\n", "DATABASE_URL=`URL!`\n");
    check("DATABASE_URL=file:./dev.db\n", "DATABASE_URL=URL!\n");
}

#[test]
fn space_export_and_inline_comment_stay() {
    check("  export\tDATABASE_URL = \"file:./dev.db\"   # local\n", "  export\tDATABASE_URL = \"URL!\"   # local\n");
    check("DATABASE_URL=file:./dev.db # local\n", "DATABASE_URL=URL! # local\n");
    check("DATABASE_URL: 'file:./dev.db'\n", "DATABASE_URL: 'URL!'\n");
}

#[test]
fn hash_inside_quotes_is_no_comment() {
    check("DATABASE_URL=\"file:./a#b.db\"\nA=1", "DATABASE_URL=\"URL!\"\nA=1");
}

#[test]
fn crlf_and_byte_order_mark_stay() {
    check("\u{feff}DATABASE_URL=\"file:./dev.db\"\r\nA=1\r\n", "\u{feff}DATABASE_URL=\"URL!\"\r\nA=1\r\n");
    check("\u{feff}A=1\r\nDATABASE_URL=file:./dev.db\r\n", "\u{feff}A=1\r\nDATABASE_URL=URL!\r\n");
    check("A=1\rDATABASE_URL=x\rB=2", "A=1\rDATABASE_URL=URL!\rB=2");
}

#[test]
fn no_last_line_end_stays_so() {
    check("A=1\nDATABASE_URL=\"file:./dev.db\"", "A=1\nDATABASE_URL=\"URL!\"");
    check("A=1\r\nB=2", "A=1\r\nB=2\r\nDATABASE_URL=\"URL!\"");
}

#[test]
fn a_missing_key_comes_at_the_end_in_the_files_line_ends() {
    check("A=1\r\nB=2\r\n", "A=1\r\nB=2\r\nDATABASE_URL=\"URL!\"\r\n");
    check("A=1\nB=2\n", "A=1\nB=2\nDATABASE_URL=\"URL!\"\n");
    check("", "DATABASE_URL=\"URL!\"\n");
    check("\u{feff}", "\u{feff}DATABASE_URL=\"URL!\"\n");
    check("A=1\n#DATABASE_URL=x\n", "A=1\n#DATABASE_URL=x\nDATABASE_URL=\"URL!\"\n");
}

#[test]
fn commented_keys_and_longer_names_are_left() {
    check(
        "# DATABASE_URL=\"postgresql://a:b@c/d\"\nMY_DATABASE_URL=1\nDATABASE_URL_OLD=2\nDATABASE_URL=3\n",
        "# DATABASE_URL=\"postgresql://a:b@c/d\"\nMY_DATABASE_URL=1\nDATABASE_URL_OLD=2\nDATABASE_URL=URL!\n",
    );
}

#[test]
fn of_duplicates_the_last_one_counts() {
    check("DATABASE_URL=a\nX=1\nDATABASE_URL='b'\n", "DATABASE_URL=a\nX=1\nDATABASE_URL='URL!'\n");
}

#[test]
fn an_empty_value_is_filled() {
    check("DATABASE_URL=\nA=1\n", "DATABASE_URL=\"URL!\"\nA=1\n".replace('"', "").as_str());
    check("DATABASE_URL= # none yet\nA=1\n", "DATABASE_URL=URL! # none yet\nA=1\n");
    check("DATABASE_URL=\"\"\n", "DATABASE_URL=\"URL!\"\n");
    check("DATABASE_URL=", "DATABASE_URL=URL!");
    check("DATABASE_URL: # none\n", "DATABASE_URL: URL! # none\n");
}

#[test]
fn a_key_inside_a_value_of_several_lines_is_no_key() {
    check(
        "CERT=\"-----BEGIN\nDATABASE_URL=trap\n-----END\"\nDATABASE_URL=file:x\n",
        "CERT=\"-----BEGIN\nDATABASE_URL=trap\n-----END\"\nDATABASE_URL=URL!\n",
    );
}

#[test]
fn a_value_of_several_lines_is_replaced_whole() {
    check("DATABASE_URL=\"file:\n./dev.db\"\nA=1\n", "DATABASE_URL=\"URL!\"\nA=1\n");
    check("DATABASE_URL=\n\"file:./dev.db\"\nA=1\n", "DATABASE_URL=\n\"URL!\"\nA=1\n");
}

#[test]
fn an_unclosed_quote_elsewhere_does_not_swallow_the_key() {
    check("A=\"abc\nDATABASE_URL=\"file:x\"\nB=1\n", "A=\"abc\nDATABASE_URL=\"URL!\"\nB=1\n");
}

#[test]
fn an_unclosed_quote_before_a_missing_key_keeps_its_meaning() {
    let edited = set_url(b"A='abc\nB=1\n", URL).unwrap();
    let all = assignments(&edited);
    assert_eq!(effective(&all, "A").unwrap().value, b"'abc");
    assert_eq!(effective(&all, "DATABASE_URL").unwrap().value, URL.as_bytes());
}

#[test]
fn windows_paths_and_expansions_are_replaced_whole() {
    check("DATABASE_URL=\"file:C:\\bots\\new\\dev.db\"\n", "DATABASE_URL=\"URL!\"\n");
    check("D=./x\nDATABASE_URL=\"file:${D}/dev.db\"\n", "D=./x\nDATABASE_URL=\"URL!\"\n");
}

#[test]
fn bytes_that_are_no_utf8_stay() {
    let edited = set_url(b"# a\xF1o\nDATABASE_URL=x\nN=\"Espa\xF1a\"\n", URL).unwrap();
    assert_eq!(edited, [b"# a\xF1o\nDATABASE_URL=", URL.as_bytes(), b"\nN=\"Espa\xF1a\"\n"].concat());
}

#[test]
fn an_ampersand_behind_export_gets_quotes_for_the_shell() {
    let url = "postgresql://a:b@h:5432/d?schema=public&connection_limit=10";
    assert_eq!(
        set_url(b"export DATABASE_URL=x\n", url).unwrap(),
        format!("export DATABASE_URL=\"{url}\"\n").as_bytes()
    );
    assert_eq!(set_url(b"DATABASE_URL=x\n", url).unwrap(), format!("DATABASE_URL={url}\n").as_bytes());
}

#[test]
fn what_cannot_be_edited_safely_is_refused() {
    assert_eq!(set_url(b"\xFF\xFED\0=\0x\0", URL), Err(Refusal::Utf16));
    assert_eq!(set_url(b"DATABASE_URL:\nA=1\n", URL), Err(Refusal::NoSafeForm));
    assert_eq!(set_url(b"DATABASE_URL=x\n", "postgresql://a:$b@h/d"), Err(Refusal::NoSafeForm));
}

#[test]
fn commented_forms_stand_below_and_are_brought_up_to_date() {
    let wanted = |password: &str| {
        let value = Secret::new(format!("postgresql://a:{password}@localhost:5432/d"));
        let inside = Secret::new(format!("postgresql://a:{password}@postgres:5432/d"));
        (value, vec![("Inside the container".to_owned(), inside)])
    };
    let edit = |file: &[u8], password: &str| {
        let (value, commented) = wanted(password);
        String::from_utf8(set(file, &Wanted { key: "DATABASE_URL", value: &value, commented }).unwrap()).unwrap()
    };
    let first = edit(b"DATABASE_URL=x # here\r\nA=1\r\n", "one");
    assert_eq!(
        first,
        "DATABASE_URL=postgresql://a:one@localhost:5432/d # here\r\n# Inside the container\r\n\
         # DATABASE_URL=\"postgresql://a:one@postgres:5432/d\"\r\nA=1\r\n"
    );
    assert_eq!(edit(first.as_bytes(), "one"), first);
    assert_eq!(edit(first.as_bytes(), "two"), first.replace("one", "two"));
}

// What dotenv 16.4.7 and 17.2.3 returned for these texts (run once, by hand).
#[test]
fn values_are_those_of_dotenv() {
    check_values("A=1\nA=2", &[("A", "1"), ("A", "2")]);
    check_values("\u{feff}A=1", &[("A", "1")]);
    check_values("A=\n\"x\"\nB=2", &[("A", "x"), ("B", "2")]);
    check_values("A: x", &[("A", "x")]);
    check_values("A='a' b'", &[("A", "a' b")]);
    check_values("A=\"abc\nB=\"x\"", &[("A", "\"abc"), ("B", "x")]);
    check_values("  export   A = 'q#q' # c", &[("A", "q#q")]);
    check_values("A=`x'\"`", &[("A", "x'\"")]);
    check_values("A=x#y", &[("A", "x")]);
    check_values("#A=1", &[]);
    check_values("A=\"a\r\nb\"\r\nB=2", &[("A", "a\nb"), ("B", "2")]);
    check_values("A=\u{a0}x\u{a0}", &[("A", "x")]);
    check_values("export=3", &[("export", "3")]);
    check_values("A.b-c=1", &[("A.b-c", "1")]);
    check_values("A=\"a\\nb\"\nB='a\\nb'", &[("A", "a\nb"), ("B", "a\\nb")]);
    assert_eq!(assignments(b"A='x'")[0].quote, Quote::Single);
}

#[test]
fn an_example_has_the_structure_without_the_secrets() {
    let env = "PORT=3000\nNODE_ENV=development\n\n# OpenAI\nOPENAI_API_KEY=sk-proj-XXXXXXXXXXXXXXXXXXXXXXXX\n\n# Database\n\
               # DATABASE_URL=\"postgresql://bot:hunter22@db:5432/autobot\"\nDATABASE_URL=\"file:./dev.db\"\n\n# JWT Secret\n\
               JWT_SECRET=super_secret_jwt_key_video_demo\n";
    let url = Secret::new("postgresql://postgres:postgres@localhost:5432/autobot?schema=public");
    let example = String::from_utf8(example_of(env.as_bytes(), "DATABASE_URL", &url).unwrap()).unwrap();
    assert_eq!(
        example,
        "PORT=3000\nNODE_ENV=development\n\n# OpenAI\nOPENAI_API_KEY=your_openai_api_key_here\n\n# Database\n\
         # DATABASE_URL=\"postgresql://user:password@db:5432/autobot\"\n\
         DATABASE_URL=\"postgresql://postgres:postgres@localhost:5432/autobot?schema=public\"\n\n# JWT Secret\n\
         JWT_SECRET=your_jwt_secret_here\n"
    );
}

fn any_line() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "# [ -~]{0,20}",
        "(export )?(DATABASE_URL|A|B_C|D\\.e)( ?= ?|: )[a-z0-9 #'\"`\\\\$]{0,12}",
        "(DATABASE_URL|KEY)=\"[a-z\\\\#' \n]{0,12}\"",
        "(DATABASE_URL|KEY)='[a-z\\\\#\" \n]{0,12}'( # [a-z]{0,5})?",
        "[ -~]{0,16}",
        Just("Ñandú=ó\u{a0}".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_file_only_the_key_changes(
        lines in prop::collection::vec(any_line(), 0..8),
        ends in prop::collection::vec(prop_oneof![Just("\n"), Just("\r\n"), Just("\r")], 8),
        last_end in any::<bool>(),
    ) {
        let mut file = String::new();
        for (at, line) in lines.iter().enumerate() {
            file.push_str(line);
            if at + 1 < lines.len() || last_end {
                file.push_str(ends[at]);
            }
        }
        let before = assignments(file.as_bytes());
        let Ok(edited) = set_url(file.as_bytes(), URL) else {
            // `KEY:` that takes the next line for its value.
            prop_assert!(file.contains("DATABASE_URL:"));
            return Ok(());
        };
        let after = assignments(&edited);
        prop_assert_eq!(&effective(&after, "DATABASE_URL").unwrap().value[..], URL.as_bytes());
        match effective(&before, "DATABASE_URL") {
            Some(old) => {
                prop_assert!(edited.starts_with(&file.as_bytes()[..old.raw.start]));
                prop_assert!(edited.ends_with(&file.as_bytes()[old.raw.end..]));
            }
            None => prop_assert!(edited.starts_with(file.as_bytes())),
        }
        prop_assert_eq!(set_url(&edited, URL).unwrap(), edited);
    }
}
