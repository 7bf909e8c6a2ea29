//! A way to the server that counts round trips, or makes them long.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes taken from a socket at a time.
const BLOCK_BYTES: usize = 64 * 1024;

/// Blocks on the way: enough that a long way costs time and no throughput.
const BLOCKS_MAX: usize = 256;

/// A TCP proxy on this machine, for as long as the process lives.
///
/// A round trip is a message of the client's after something came from the server: what a client sends without waiting
/// counts once. So a count says what a slow network would cost, and depends on no clock.
#[derive(Debug)]
pub struct Proxy {
    address: SocketAddr,
    trips: Arc<AtomicU64>,
}

impl Proxy {
    /// Listens on a `port` of this machine (0: any that is free) for those who want to reach `server`, and makes each
    /// round trip longer by `delay`.
    pub fn start(port: u16, server: impl ToSocketAddrs, delay: Duration) -> std::io::Result<Self> {
        let server = server.to_socket_addrs()?.next().ok_or(std::io::ErrorKind::AddrNotAvailable)?;
        let listener = TcpListener::bind(("127.0.0.1", port))?;
        let (address, trips) = (listener.local_addr()?, Arc::new(AtomicU64::new(0)));
        let counted = trips.clone();
        thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // A server that is gone is the client's to tell: its connection ends.
                let _ = connect(&client, server, delay, &counted);
            }
        });
        Ok(Self { address, trips })
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Round trips so far, of all connections together.
    pub fn trips(&self) -> u64 {
        self.trips.load(Ordering::Relaxed)
    }
}

fn connect(client: &TcpStream, server: SocketAddr, delay: Duration, trips: &Arc<AtomicU64>) -> std::io::Result<()> {
    let server = TcpStream::connect(server)?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let answered = Arc::new(AtomicBool::new(true));
    let (asked, trips) = (answered.clone(), trips.clone());
    let there = move || {
        trips.fetch_add(u64::from(asked.swap(false, Ordering::Relaxed)), Ordering::Relaxed);
    };
    let back = move || answered.store(true, Ordering::Relaxed);
    carry(client.try_clone()?, server.try_clone()?, delay, there);
    carry(server, client.try_clone()?, Duration::ZERO, back);
    Ok(())
}

/// Carries what comes from one side to the other, each block `delay` after it came; `seen` hears of each.
fn carry(mut from: TcpStream, to: TcpStream, delay: Duration, seen: impl Fn() + Send + 'static) {
    let (sender, receiver) = sync_channel(BLOCKS_MAX);
    thread::spawn(move || deliver(&receiver, to));
    thread::spawn(move || take(&mut from, &sender, delay, seen));
}

fn take(from: &mut TcpStream, sender: &SyncSender<(Instant, Vec<u8>)>, delay: Duration, seen: impl Fn()) {
    let mut block = vec![0; BLOCK_BYTES];
    while let Ok(read @ 1..) = from.read(&mut block) {
        seen();
        if sender.send((Instant::now() + delay, block[..read].to_vec())).is_err() {
            break;
        }
    }
}

fn deliver(receiver: &Receiver<(Instant, Vec<u8>)>, mut to: TcpStream) {
    while let Ok((due, block)) = receiver.recv() {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        if to.write_all(&block).is_err() {
            break;
        }
    }
    // The other side may have closed first.
    let _ = to.shutdown(Shutdown::Both);
}
