//! A server that is far away: `far_server PORT SERVER:PORT MILLISECONDS` makes each round trip longer by that, until it is
//! ended. Used by `scripts/bench`.

use std::error::Error;
use std::time::Duration;

use autobot_testkit::Proxy;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [port, server, delay] = arguments.as_slice() else { return Err("PORT SERVER:PORT MILLISECONDS".into()) };
    let _proxy = Proxy::start(port.parse()?, server, Duration::from_millis(delay.parse()?))?;
    loop {
        std::thread::park();
    }
}
