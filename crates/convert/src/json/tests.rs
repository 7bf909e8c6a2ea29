use super::*;

fn check(json: &str) -> Traits {
    let expected = serde_json::from_str::<serde::de::IgnoredAny>(json);
    let traits = read(json.as_bytes());
    assert!(traits.is_ok() && expected.is_ok(), "{json}: {traits:?} {expected:?}");
    traits.unwrap()
}

#[test]
fn json_of_every_kind() {
    for json in [
        "null",
        "true",
        "false",
        "0",
        "-0",
        "-1.5e+10",
        "\"\"",
        "\"é\\u00e9\\\\\\/\\\"\\b\\f\\n\\r\\t\"",
        "[]",
        "{}",
        " [ 1 , { \"a\" : [ ] } ] \r\n\t",
        "\"\\ud83d\\ude00\"",
        "{\"a\":{\"a\":1},\"b\":[{\"a\":2}]}",
    ] {
        assert_eq!(check(json), Traits::default(), "{json}");
    }
}

#[test]
fn what_is_not_json_is_refused_with_its_byte() {
    for (json, at) in [
        ("nul", 3),
        ("[1,]", 3),
        ("{\"a\":1,}", 7),
        ("01", 1),
        ("1.", 2),
        ("-", 1),
        (".5", 0),
        ("+1", 0),
        ("1e", 2),
        ("\"a", 2),
        ("\"\t\"", 1),
        ("\"\\x\"", 2),
        ("\"\\u12g4\"", 5),
        ("{a:1}", 1),
        ("[1 2]", 3),
        ("1 2", 2),
        ("NaN", 0),
        ("Infinity", 0),
        ("'a'", 0),
        ("[1]//", 3),
        (" ", 1),
        ("{\"a\" 1}", 5),
        ("\u{feff}1", 0),
        ("tru\0", 3),
        ("[", 1),
    ] {
        assert!(serde_json::from_str::<serde::de::IgnoredAny>(json).is_err(), "{json}");
        assert_eq!(read(json.as_bytes()), Err(Refusal::at(Reason::NotJson, at)), "{json}");
    }
    assert_eq!(read(b""), Err(Reason::EmptyText.into()));
    assert_eq!(read(b"\"\xff\""), Err(Refusal::at(Reason::InvalidUtf8, 1)));
}

#[test]
fn what_jsonb_does_not_take() {
    let check = |json: &str, reason, at| {
        let traits = read(json.as_bytes()).unwrap();
        assert_eq!(traits.refused_by_jsonb, Some(Refusal::at(reason, at)), "{json}");
    };
    check("{\"a\":\"x\\u0000\"}", Reason::JsonNul, 7);
    check("{\"\\u0000\":1}", Reason::JsonNul, 2);
    check("\"\\ud83d\"", Reason::JsonSurrogate, 1);
    check("\"\\ud83d\\u0041\"", Reason::JsonSurrogate, 1);
    check("\"\\ude00\\ud83d\"", Reason::JsonSurrogate, 1);
    check("[1e400]", Reason::JsonNumber, 1);
    check("-1e309", Reason::JsonNumber, 0);
    check("1e-20000", Reason::JsonNumber, 0);
    check(&"9".repeat(310), Reason::JsonNumber, 0);
    assert_eq!(read(b"[1.7976931348623157e308,1e-400]").unwrap(), Traits::default());
}

#[test]
fn duplicate_keys_are_compared_by_their_characters() {
    let check = |json: &str, expected| assert_eq!(check(json).duplicate_keys, expected, "{json}");
    check("{\"a\":1,\"a\":2}", true);
    check("{\"a\":1,\"\\u0061\":2}", true);
    check("{\"a\":1,\"A\":2}", false);
    check("{\"\\ud83d\\ude00\":1,\"😀\":2}", true);
    check("[{\"a\":1},{\"a\":2}]", false);
    let many = |count: usize| (0..count).map(|n| format!("\"k{n}\":0")).collect::<Vec<_>>().join(",");
    check(&format!("{{{}}}", many(100)), false);
    check(&format!("{{{},\"k7\":1}}", many(100)), true);
    check(&format!("{{{},\"k99\":1}}", many(100)), true);
}

#[test]
fn nesting_has_a_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(nested(1_000).as_bytes()).is_ok());
    assert_eq!(read(nested(1_001).as_bytes()), Err(Refusal::at(Reason::JsonTooDeep, 1_000)));
    assert_eq!(read("[".repeat(1_000_000).as_bytes()), Err(Refusal::at(Reason::JsonTooDeep, 1_000)));
}
