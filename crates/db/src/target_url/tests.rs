use super::*;

fn parse(text: &str) -> TargetUrl {
    text.parse().unwrap()
}

#[test]
fn the_password_is_never_shown() {
    let url = parse("postgresql://bot:s3cret@localhost:5432/autobot?schema=public");
    assert_eq!(url.to_string(), "postgresql://bot:****@localhost:5432/autobot?schema=public");
    assert!(!format!("{url:?}").contains("s3cret"));
}

#[test]
fn awkward_passwords_survive_the_round_trip() {
    for password in ["a#b@c:d/e?f%g&h", "sp ace", "quo'te\"s", "$dollar", "ñandú🚀", "100%25"] {
        let mut url = parse("postgresql://bot@localhost/autobot");
        url.password = Some(Secret::new(password));
        assert_eq!(parse(url.expose().expose()), url, "{password}");
    }
    assert_eq!(parse("postgres://u:p#a@ss/w?rd@h:1/d").password.unwrap().expose(), "p#a@ss/w?rd");
}

#[test]
fn sockets_addresses_and_parameters() {
    let url = parse("postgresql://u@/d?host=/tmp/run&connection_limit=10");
    assert_eq!((url.host.as_str(), url.port), ("/tmp/run", 5432));
    assert_eq!(url.parameters, [("connection_limit".to_owned(), "10".to_owned())]);
    assert_eq!(parse(url.expose().expose()), url);
    assert_eq!(parse("postgresql://u@[::1]:6543/d").host, "::1");
    assert!("postgresql://u@h:99999/d".parse::<TargetUrl>().is_err());
    assert!("postgresql://u@h".parse::<TargetUrl>().is_err());
    assert!("mysql://u@h/d".parse::<TargetUrl>().is_err());
}
