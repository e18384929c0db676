//! Exceptions: the hosts that are reached without a proxy, as `NO_PROXY` lists them.

use std::net::IpAddr;

/// The hosts of one list.
#[derive(Clone, Default)]
pub(super) struct Bypass(Vec<Entry>);

#[derive(Clone)]
struct Entry {
    hosts: Hosts,
    /// The port that the entry is limited to.
    port: Option<u16>,
}

#[derive(Clone)]
enum Hosts {
    All,
    /// A host and those below it: its name in lower case.
    Named(String),
    /// The addresses that share this many bits with one.
    Network(IpAddr, u32),
}

impl Bypass {
    pub(super) fn parse(list: &str) -> Self {
        let words = list.split(|c: char| c == ',' || c.is_whitespace());
        Self(words.filter(|word| !word.is_empty()).map(Entry::parse).collect())
    }

    /// Whether the list has a host. `host` is without brackets.
    pub(super) fn matches(&self, host: &str, port: u16) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let address = host.parse::<IpAddr>().map(|address| address.to_canonical()).ok();
        let name = without_dot(host).to_ascii_lowercase();
        self.0.iter().any(|entry| entry.port.is_none_or(|only| only == port) && entry.hosts.contains(&name, address))
    }
}

impl Entry {
    fn parse(word: &str) -> Self {
        // A whole address goes first: the groups of one of IPv6 look like ports.
        if let Some(network) = network(word) {
            return Self { hosts: network, port: None };
        }
        let (host, port) = match word.rsplit_once(':').map(|(host, port)| (host, port.parse())) {
            Some((host, Ok(port))) => (host, Some(port)),
            _ => (word, None),
        };
        if host == "*" {
            return Self { hosts: Hosts::All, port };
        }
        let named = || {
            let name = host.strip_prefix('*').unwrap_or(host).trim_start_matches('.');
            Hosts::Named(without_dot(name).to_ascii_lowercase())
        };
        Self { hosts: network(host).unwrap_or_else(named), port }
    }
}

/// An address, with or without brackets, or a network in CIDR notation.
fn network(text: &str) -> Option<Hosts> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse::<u32>().ok()?)),
        None => (text, None),
    };
    let bare = address.strip_prefix('[').and_then(|address| address.strip_suffix(']'));
    let address: IpAddr = bare.unwrap_or(address).parse().ok()?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(most);
    (bits <= most).then_some(Hosts::Network(address, bits))
}

impl Hosts {
    fn contains(&self, name: &str, address: Option<IpAddr>) -> bool {
        match (self, address) {
            (Self::All, _) => true,
            // An empty name is what a lone dot leaves. It lists nothing.
            (Self::Named(listed), None) => {
                let above = name.strip_suffix(listed.as_str()).filter(|_| !listed.is_empty());
                above.is_some_and(|above| above.is_empty() || above.ends_with('.'))
            }
            (Self::Network(IpAddr::V4(listed), bits), Some(IpAddr::V4(address))) => {
                share(listed.to_bits().into(), address.to_bits().into(), 32 - bits)
            }
            (Self::Network(IpAddr::V6(listed), bits), Some(IpAddr::V6(address))) => {
                share(listed.to_bits(), address.to_bits(), 128 - bits)
            }
            _ => false,
        }
    }
}

/// Whether two addresses are the same but for their last bits.
fn share(one: u128, other: u128, last: u32) -> bool {
    (one ^ other).checked_shr(last).unwrap_or(0) == 0
}

/// A name without the dot at its end, which says that it is complete.
fn without_dot(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}
