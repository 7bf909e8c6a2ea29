use std::ops::ControlFlow;

use autobot_assess::{Error, scan};
use autobot_catalog::Form;
use autobot_convert::Interest;

use crate::checks::{forms, of_column, of_table, open, options, scanned, scanned_sql, with_interest};

#[test]
fn a_column_whose_type_changes_after_row_n() {
    let evidence = scanned_sql(
        "create table t (id integer primary key, n integer);
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) insert into t select i, i from n;
         insert into t values (20001, 'abc'), (20002, 2.5), (20003, ''), (20004, '5x'), (20005, x'00'), (20006, null)",
    );
    let column = of_column(&evidence, "t", "n");
    assert_eq!(
        forms(column),
        [
            (Form::Null, 1, vec![20_006]),
            (Form::IntegerBit, 1, vec![1]),
            (Form::Integer, 19_999, vec![2, 3, 4]),
            (Form::RealFraction, 1, vec![20_002]),
            (Form::TextEmpty, 1, vec![20_003]),
            (Form::Text, 2, vec![20_001, 20_004]),
            (Form::Blob, 1, vec![20_005]),
        ]
    );
    assert_eq!(column.integers, Some((1, 20_000)));
    let place = &column.forms[&Form::Text].first[0];
    assert_eq!((place.class.as_str(), place.sample.as_str()), ("text", "616263"));
    let (longest, place) = column.longest.clone().unwrap();
    assert_eq!((longest, place.rowid), (3, Some(20_001)));
    assert_eq!(of_table(&evidence, "t").rows, 20_006);
}

#[test]
fn dates_of_every_form_in_one_column() {
    let evidence = scanned_sql(
        "create table t (d datetime);
         insert into t values (1627303906122), ('2021-07-26 12:51:46'), ('2021-07-26T12:51:46.122+00:00'),
           ('2021-07-26'), ('2021-02-30 25:61:00'), ('0000-00-00'), (0), (1627303906.5), ('12:30'), ('soon')",
    );
    let column = of_column(&evidence, "t", "d");
    let counts: Vec<_> = forms(column).into_iter().map(|(form, count, _)| (form, count)).collect();
    assert_eq!(
        counts,
        [
            (Form::IntegerBit, 1),
            (Form::Integer, 1),
            (Form::RealFraction, 1),
            (Form::Text, 1),
            (Form::TextDate, 1),
            (Form::TextTime, 1),
            (Form::TextDateTimeNaive, 1),
            (Form::TextDateTimeZoned, 1),
            (Form::TextDateImpossible, 2),
        ]
        .into_iter()
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_iter()
        .collect::<Vec<_>>()
    );
    assert_eq!((column.fraction_digits_max, column.times_of_day), (3, 2));
}

#[test]
fn text_is_text_unless_the_type_or_a_hint_says_more() {
    let file = autobot_testkit::sqlite(
        "create table t (plain text, doc text, config json);
         insert into t values ('2024-01-01', '{}', '{\"a\":1,\"a\":2}'), ('1', '{', '\"\\u0000\"');
         insert into t values (cast(x'610062' as text), cast(x'ff' as text), cast(x'eda0bdedb880' as text))",
    );
    let evidence = scanned(&file, &with_interest("t", "doc", Interest::JSON));
    let counts = |name| forms(of_column(&evidence, "t", name)).into_iter().map(|(form, ..)| form).collect::<Vec<_>>();
    assert_eq!(counts("plain"), [Form::Text, Form::TextNul]);
    assert_eq!(counts("doc"), [Form::Text, Form::TextInvalidUtf8, Form::TextJson]);
    assert_eq!(counts("config"), [Form::TextSurrogates, Form::TextJsonRefused, Form::TextJsonDuplicateKeys]);
}

#[test]
fn labels_are_kept_while_they_are_few() {
    let file = autobot_testkit::sqlite(
        "create table t (role text, name text);
         with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000)
         insert into t select case i % 3 when 0 then 'user' when 1 then 'bot' end, 'name ' || i from n",
    );
    let mut options = with_interest("t", "role", Interest::LABELS);
    options.interests.extend(with_interest("t", "name", Interest::LABELS).interests);
    let evidence = scanned(&file, &options);
    assert_eq!(of_column(&evidence, "t", "role").labels, Some(vec!["bot".to_owned(), "user".to_owned()]));
    assert_eq!(of_column(&evidence, "t", "name").labels, None);
}

#[test]
fn places_without_rowid_are_keys() {
    let evidence = scanned_sql(
        "create table t (a text, b integer, v integer, primary key (b, a)) without rowid;
         insert into t values ('x', 1, 'bad'), ('y', 1, 2)",
    );
    let place = &of_column(&evidence, "t", "v").forms[&Form::Text].first[0];
    assert_eq!((place.rowid, place.key.as_slice()), (None, &["1".to_owned(), "x".to_owned()][..]));
}

#[test]
fn rowids_from_end_to_end_and_hostile_names() {
    let evidence = scanned_sql(
        "create table \"t\"\"; drop table x; --\" (\"rowid\" text, \"a b\"\"c\" text);
         insert into \"t\"\"; drop table x; --\" (_rowid_, \"rowid\", \"a b\"\"c\")
           values (-9223372036854775808, 'a', 'b'), (9223372036854775807, 'c', 'd'), (0, 'e', x'ff');
         create table empty (a)",
    );
    let column = of_column(&evidence, "t\"; drop table x; --", "a b\"c");
    assert_eq!(forms(column), [(Form::Text, 2, vec![i64::MIN, i64::MAX]), (Form::Blob, 1, vec![0])]);
    assert_eq!(of_table(&evidence, "empty").rows, 0);
}

#[test]
fn the_observer_counts_and_stops() {
    let file = autobot_testkit::sqlite(
        "create table t (a); with recursive n(i) as (select 1 union all select i + 1 from n where i < 50000)
         insert into t select i from n",
    );
    let (mut connections, catalog) = open(&file, 2);
    let rows = std::sync::atomic::AtomicU64::new(0);
    let count = |progress: autobot_assess::Progress<'_>| {
        rows.fetch_add(progress.rows, std::sync::atomic::Ordering::Relaxed);
        ControlFlow::Continue(())
    };
    scan(&mut connections, &catalog, &options(), &count).unwrap();
    assert_eq!(rows.into_inner(), 50_000);
    let stopped = scan(&mut connections, &catalog, &options(), &|_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(Error::Stopped)));
}

#[test]
fn virtual_tables_and_generated_columns_are_read() {
    let evidence = scanned_sql(
        "create virtual table notes using fts5(title, body);
         insert into notes values ('a', 'text'), ('b', x'ff');
         create virtual table boxes using rtree(id, x0, x1);
         insert into boxes values (7, 1.5, 2.5);
         create table t (a integer, twice integer as (a * 2), half as (a / 2.0) stored);
         insert into t (a) values (1), (3)",
    );
    assert_eq!(forms(of_column(&evidence, "notes", "body")), [(Form::Text, 1, vec![1]), (Form::Blob, 1, vec![2])]);
    assert_eq!(of_table(&evidence, "notes").columns.len(), 2);
    assert_eq!(forms(of_column(&evidence, "boxes", "x0")), [(Form::RealFraction, 1, vec![7])]);
    assert_eq!(of_column(&evidence, "t", "twice").integers, Some((2, 6)));
    assert_eq!(of_column(&evidence, "t", "half").reals, Some((0.5, 1.5)));
}
