//! Two network namespaces with a cable between them: the client in one, the service in the other, as on two machines. Unlike the
//! loopback, an address here can be taken away, and a cable can be pulled out.
//!
//! The test runs itself again on either side of the cable. It is skipped, and says so, where the system makes no namespaces.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use loopback::{Server, json};
use templates::config::Config;
use templates::runtime::http::hyper::HyperClient;
use templates::runtime::{ErrorKind, Retry, Timeouts};

use crate::support::config;
use crate::support::service::{Client, get};

/// The name of the test below, and of the variable that says which side it runs on.
const TEST: &str = "http::namespaces::a_service_across_a_cable";
const SIDE: &str = "SIDE_OF_THE_CABLE";

const PORT: u16 = 8080;
const V4: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 99, 0, 2));
const V6: IpAddr = IpAddr::V6(Ipv6Addr::new(0xfd99, 0, 0, 0, 0, 0, 0, 2));
/// The address that the service moves to.
const MOVED: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 99, 0, 3));

/// Makes both namespaces, and runs the program `$0` in each: the service, and the calls, whose result is that of the script.
const SCRIPT: &str = r#"
ip link set lo up
unshare --net sleep 120 &
far=$!
trap 'kill $far' EXIT
until [ "$(readlink /proc/$far/ns/net)" != "$(readlink /proc/$$/ns/net)" ]; do sleep 0.01; done
export FAR=/proc/$far/ns/net
ip link add name near type veth peer name far netns $far
ip addr add 10.99.0.1/24 dev near
ip addr add fd99::1/64 dev near nodad
ip link set near up
nsenter --net=$FAR sh -euc '
    ip addr add 10.99.0.254/24 dev far
    ip addr add 10.99.0.2/32 dev far
    ip addr add 10.99.0.3/32 dev far
    ip addr add fd99::2/64 dev far nodad
    ip link set far up'
SIDE_OF_THE_CABLE=far nsenter --net=$FAR "$0" --exact "$1" >&2 &
service=$!
trap 'kill $far $service' EXIT
SIDE_OF_THE_CABLE=near "$0" --exact "$1" --nocapture
"#;

#[test]
fn a_service_across_a_cable() {
    match std::env::var(SIDE).as_deref() {
        Ok("far") => return serve(),
        Ok(_) => return tokio::runtime::Runtime::new().unwrap().block_on(call()),
        Err(_) => {}
    }
    let unshare = || {
        let mut unshare = Command::new("unshare");
        unshare.args(["--net", "--map-root-user"]).stdin(Stdio::null());
        unshare
    };
    let probe = unshare()
        .args(["sh", "-c", "ip link add name near type veth peer name far && unshare --net nsenter --version"])
        .output();
    if !probe.is_ok_and(|probe| probe.status.success()) {
        // Not by a macro: the test harness would keep that from the terminal.
        let _ =
            writeln!(std::io::stderr(), "SKIPPED: no call across two network namespaces, for this system makes none");
        return;
    }
    let output =
        unshare().args(["sh", "-euc", SCRIPT]).arg(std::env::current_exe().unwrap()).arg(TEST).output().unwrap();
    let text = [&*output.stdout, &*output.stderr].concat();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&text));
    assert!(String::from_utf8_lossy(&text).contains("1 passed"), "the calls were not made");
}

/// The service, until the script ends it.
fn serve() {
    let at = |address: IpAddr, name: &'static str| {
        Server::at((address, PORT).into(), move |_| json("200 OK", &format!("{{\"Name\":\"{name}\"}}")))
    };
    let _servers = [at(V4, "v4"), at(V6, "v6"), at(MOVED, "moved")];
    std::thread::sleep(Duration::from_secs(120));
}

/// Changes the far end of the cable.
fn far(arguments: &str) {
    let namespace = format!("--net={}", std::env::var("FAR").unwrap());
    let status = Command::new("nsenter").arg(namespace).arg("ip").args(arguments.split(' ')).status().unwrap();
    assert!(status.success(), "ip {arguments}: {status}");
}

fn named(config: Config) -> Client {
    config.endpoint_url(format!("http://service.test:{PORT}")).client()
}

/// A client of a host with these addresses.
fn of(addresses: &[IpAddr]) -> Config {
    let addresses = addresses.to_vec();
    config().http_client(HyperClient::new().resolver(move |_| Ok(addresses.clone()))).retry(Retry::none())
}

async fn name(client: &Client) -> String {
    client.send(get()).await.unwrap().name.unwrap()
}

async fn call() {
    // A cable that was plugged in just now carries the first packets late.
    for address in [MOVED, V6, V4] {
        let reached = (0..1000).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            TcpStream::connect((address, PORT)).is_ok()
        });
        assert!(reached, "{address} is not reached");
    }
    // The first address that answers is the one, of either family.
    assert_eq!(name(&named(of(&[V6, V4]))).await, "v6");
    assert_eq!(name(&named(of(&[V4, V6]))).await, "v4");
    assert_eq!(name(&config().endpoint_url(format!("http://[{V6}]:{PORT}")).client()).await, "v6");

    // A family that leads nowhere costs a head start.
    far("addr del fd99::2/64 dev far");
    assert_eq!(name(&named(of(&[V6, V4]))).await, "v4");

    // A service that moves is found again: its old address falls silent, with a connection to it still open.
    let moved = Arc::new(AtomicBool::new(false));
    let seen = moved.clone();
    let resolver = move |_: &str| Ok(vec![if seen.load(Ordering::SeqCst) { MOVED } else { V4 }]);
    let timeouts = Timeouts::none().attempt(Duration::from_secs(1));
    let moving = config().http_client(HyperClient::new().resolver(resolver)).timeouts(timeouts);
    let moving = named(moving.retry(Retry::standard().max_attempts(8)));
    assert_eq!(name(&moving).await, "v4");
    moved.store(true, Ordering::SeqCst);
    far("addr del 10.99.0.2/32 dev far");
    assert_eq!(name(&moving).await, "moved");

    // A cable that is pulled out is an error of connecting, and the same client goes on when it is back.
    let cut = named(of(&[MOVED]).timeouts(Timeouts::none().connect(Duration::from_millis(300))));
    far("link set far down");
    let error = cut.send(get()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Connect, "{error}");
    far("link set far up");
    let patient = cut.with(|config| config.timeouts(Timeouts::none().connect(Duration::from_secs(30))));
    assert_eq!(name(&patient).await, "moved");
}
