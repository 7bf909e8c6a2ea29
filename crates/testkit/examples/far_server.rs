//! A server that is far away: `far_server PORT SERVER:PORT MILLISECONDS` makes each round trip longer by that, until it is
//! ended. Used by `scripts/bench`.

use std::time::Duration;

use autobot_testkit::Proxy;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, server, delay] = arguments.as_slice() else { panic!("usage: far_server PORT SERVER:PORT MILLISECONDS") };
    let delay = Duration::from_millis(delay.parse().unwrap());
    let _proxy = Proxy::start(port.parse().unwrap(), server, delay).unwrap();
    std::thread::park();
}
