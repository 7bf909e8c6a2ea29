use std::io::{Read, Write};

use super::pipe::pipe;

#[test]
fn a_pipe_without_its_end_is_an_error() {
    let (mut start, mut end) = pipe();
    start.write_all(&vec![7; 300_000]).unwrap();
    start.flush().unwrap();
    let mut all = Vec::new();
    drop(start);
    assert!(end.read_to_end(&mut all).is_err());
    assert_eq!(all.len(), 300_000);

    let (mut start, mut end) = pipe();
    start.write_all(b"abc").unwrap();
    start.finish().unwrap();
    let mut all = Vec::new();
    end.read_to_end(&mut all).unwrap();
    assert_eq!(all, b"abc");

    let (mut start, end) = pipe();
    drop(end);
    start.write_all(b"abc").unwrap();
    assert_eq!(start.finish().unwrap_err().kind(), std::io::ErrorKind::BrokenPipe);
}
