//! Proxies: which requests go through one, and where it is.
//!
//! Why not hyper-util's matcher: it adds six packages to the tree (`ipnet` and `percent-encoding` among them), its `NO_PROXY`
//! knows no ports, and it would send requests for metadata services and the loopback to the proxy.

use std::fmt;
use std::net::IpAddr;
use std::sync::{Arc, LazyLock, OnceLock};

use crate::runtime::base::environment::Environment;
use crate::runtime::http::TransportError;
use bypass::Bypass;
pub(super) use server::ProxyServer;

mod bypass;
mod server;

/// The proxy that requests go through: one by its URL, that of the environment, or none.
///
/// An `http` or `https` URL of a host, such as `http://user:password@proxy.example:3128`; without a scheme it is `http`. A port
/// that is not given is that of the scheme. `https` means TLS to the proxy itself. Requests over TLS go through a tunnel
/// (`CONNECT`), of which the proxy sees host and port; others are sent to the proxy in full.
///
/// Requests for the loopback and for the metadata services that provide credentials never go through a proxy.
///
/// `Debug` shows neither the user nor the password.
#[derive(Clone)]
pub struct Proxy(Choice);

#[derive(Clone)]
enum Choice {
    Environment(Environment),
    Rules(Arc<Rules>),
}

/// The proxies of one environment or program.
#[derive(Clone, Default)]
struct Rules {
    /// For requests without TLS.
    http: Option<Setting>,
    /// For requests over TLS.
    https: Option<Setting>,
    bypass: Bypass,
}

/// A proxy, or why its setting is none.
type Setting = Result<Arc<ProxyServer>, Arc<str>>;

impl Proxy {
    /// One proxy for all requests. A URL that is none is an error of the first call.
    #[must_use]
    pub fn new(url: impl AsRef<str>) -> Self {
        let setting = setting(url.as_ref(), "the program's settings");
        Self::of(Rules { http: Some(setting.clone()), https: Some(setting), bypass: Bypass::default() })
    }

    /// No proxy, whatever the environment says.
    #[must_use]
    pub fn none() -> Self {
        Self::of(Rules::default())
    }

    /// The proxies of an environment, as curl and botocore read them: `HTTPS_PROXY` for requests over TLS, `HTTP_PROXY` for
    /// others, `ALL_PROXY` for both, and `NO_PROXY` for exceptions. Names in lower case go first. `HTTP_PROXY` is passed over
    /// in a CGI program (`REQUEST_METHOD` is set), where whoever sends a request could set it. The variables are read once,
    /// at the first request.
    #[must_use]
    pub fn from_env(environment: Environment) -> Self {
        Self(Choice::Environment(environment))
    }

    /// Sets which hosts are reached without the proxy: entries as in `NO_PROXY`, separated by commas or spaces.
    ///
    /// | entry | meaning |
    /// |---|---|
    /// | `example.com`, `.example.com`, `*.example.com` | the host and all hosts below it |
    /// | `10.1.2.3`, `fd00::1`, `[fd00::1]` | the address |
    /// | `10.0.0.0/8`, `fd00::/8` | the addresses of a network |
    /// | any of these with `:8443` | the same, at that port only (`[fd00::1]:8443`) |
    /// | `*` | every host |
    ///
    /// A host name is compared with names and never looked up. Has no effect on [`from_env`](Self::from_env), which has
    /// `NO_PROXY`.
    #[must_use]
    pub fn no_proxy(self, hosts: impl AsRef<str>) -> Self {
        match self.0 {
            Choice::Environment(_) => self,
            Choice::Rules(rules) => Self::of(Rules { bypass: Bypass::parse(hosts.as_ref()), ..(*rules).clone() }),
        }
    }

    /// Sets the user and the password that the proxy asks for, instead of those of its URL.
    #[must_use]
    pub fn basic_auth(self, user: impl AsRef<str>, password: impl AsRef<str>) -> Self {
        let Choice::Rules(rules) = self.0 else { return self };
        let signed_in = |setting: &Setting| {
            setting
                .as_ref()
                .map(|server| Arc::new(server.with_basic_auth(user.as_ref(), password.as_ref())))
                .map_err(Clone::clone)
        };
        let (http, https) = (rules.http.as_ref().map(signed_in), rules.https.as_ref().map(signed_in));
        Self::of(Rules { http, https, bypass: rules.bypass.clone() })
    }

    fn of(rules: Rules) -> Self {
        Self(Choice::Rules(Arc::new(rules)))
    }
}

impl<T: AsRef<str> + ?Sized> From<&T> for Proxy {
    fn from(url: &T) -> Self {
        Self::new(url)
    }
}

impl From<String> for Proxy {
    fn from(url: String) -> Self {
        Self::new(url)
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rules = match &self.0 {
            Choice::Environment(environment) => return f.debug_tuple("Proxy").field(environment).finish(),
            Choice::Rules(rules) => rules,
        };
        match &rules.https {
            None => f.write_str("Proxy(none)"),
            Some(Ok(server)) => write!(f, "Proxy({})", server.name()),
            Some(Err(why)) => write!(f, "Proxy({why})"),
        }
    }
}

/// A setting that is found at `place`.
fn setting(url: &str, place: &str) -> Setting {
    ProxyServer::parse(url).map(Arc::new).map_err(|why| format!("the proxy of {place}: {why}").into())
}

/// The proxies of one client, read when the first request asks for its way.
pub(super) struct Proxies {
    proxy: Proxy,
    rules: OnceLock<Arc<Rules>>,
}

impl Proxies {
    pub(super) fn new(proxy: Proxy) -> Self {
        Self { proxy, rules: OnceLock::new() }
    }

    /// The proxy on the way to a host, given without brackets.
    ///
    /// # Errors
    /// The setting that holds for the host is no proxy.
    pub(super) fn on_the_way(
        &self,
        tls: bool,
        host: &str,
        port: u16,
    ) -> Result<Option<Arc<ProxyServer>>, TransportError> {
        let rules = self.rules.get_or_init(|| match &self.proxy.0 {
            Choice::Environment(environment) => Rules::of(environment).shared(),
            Choice::Rules(rules) => rules.clone(),
        });
        let Some(setting) = (if tls { &rules.https } else { &rules.http }) else { return Ok(None) };
        if is_of_this_machine(host) || rules.bypass.matches(host, port) {
            return Ok(None);
        }
        setting.clone().map(Some).map_err(|why| TransportError::not_sent(&*why).misconfigured())
    }
}

impl Rules {
    /// The rules to be kept. Those without a proxy are the same for all clients.
    fn shared(self) -> Arc<Self> {
        static NONE: LazyLock<Arc<Rules>> = LazyLock::new(Arc::default);
        if self.http.is_none() && self.https.is_none() { NONE.clone() } else { Arc::new(self) }
    }

    fn of(environment: &Environment) -> Self {
        let find = |names: &[&str]| names.iter().find_map(|name| Some(setting(environment.var(name)?.trim(), name)));
        // A variable's name has no case on Windows: there the name in lower case is the same variable.
        let is_cgi = environment.var("REQUEST_METHOD").is_some();
        let of_http: &[&str] = match is_cgi {
            true if cfg!(windows) => &[],
            true => &["http_proxy"],
            false => &["http_proxy", "HTTP_PROXY"],
        };
        let all = find(&["all_proxy", "ALL_PROXY"]);
        let bypass = environment.first(&["no_proxy", "NO_PROXY"]);
        Self {
            http: find(of_http).or_else(|| all.clone()),
            https: find(&["https_proxy", "HTTPS_PROXY"]).or(all),
            bypass: bypass.map(|hosts| Bypass::parse(&hosts)).unwrap_or_default(),
        }
    }
}

/// Whether a host is this machine, or a metadata service that only this machine reaches: a proxy would be asked for
/// something else, and would get to see the credentials of this machine.
fn is_of_this_machine(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        return true;
    }
    match host.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V4(address)) => address.is_loopback() || address.is_link_local(),
        // fd00:ec2::/32 is where Amazon EC2 has the IPv6 addresses of its link-local services.
        Ok(IpAddr::V6(address)) => address.is_loopback() || address.segments()[..2] == [0xfd00, 0x0ec2],
        Err(_) => false,
    }
}
