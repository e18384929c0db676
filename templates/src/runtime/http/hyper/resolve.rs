//! Name look-ups, shared by all calls that need the same host.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, LazyLock};

use crate::runtime::base::blocking::Blocking;

/// The most look-ups at once, of different hosts. Each takes a thread for as long as the resolver hangs.
const AT_ONCE: usize = 16;

type Lookup = dyn Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync;
type ResolvedAddresses = Result<Arc<[SocketAddr]>, Arc<io::Error>>;

/// A resolver of host names. Clones share their look-ups.
#[derive(Clone)]
pub(super) struct Resolver {
    lookup: Arc<Lookup>,
    lookups: Blocking<ResolvedAddresses>,
}

impl Resolver {
    /// The operating system's, one for all clients of the process.
    pub(super) fn system() -> Self {
        static SYSTEM: LazyLock<Resolver> =
            LazyLock::new(|| Resolver::new(|host| (host, 0).to_socket_addrs().map(Iterator::collect)));
        SYSTEM.clone()
    }

    /// A function, which may block.
    pub(super) fn new(lookup: impl Fn(&str) -> io::Result<Vec<SocketAddr>> + Send + Sync + 'static) -> Self {
        Self { lookup: Arc::new(lookup), lookups: Blocking::new("name look-up", AT_ONCE) }
    }

    /// The addresses of a host, in the order in which they are to be tried.
    pub(super) async fn addresses(&self, host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![(address, port).into()]);
        }
        let (lookup, name) = (self.lookup.clone(), host.to_owned());
        let found = self.lookups.run(host, move || lookup(&name).map(Arc::from).map_err(Arc::new)).await?;
        let mut addresses = found.map_err(|error| io::Error::new(error.kind(), error))?.to_vec();
        for address in &mut addresses {
            address.set_port(port);
        }
        Ok(addresses)
    }
}
