//! Much at once: a thousand connections, and a hundred thousand resources in one instance.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;

use amazon_connect::testing::StandIn;
use serde_json::{Value, json};

use super::life::instance;
use super::support::request;

const CONNECTIONS: usize = 1000;
/// Set where this test runs in a process that may open so many files.
const INSIDE: &str = "STAND_IN_MANY_FILES";

/// Reads one answer whose connection stays open.
fn status(reader: &mut BufReader<TcpStream>) -> u16 {
    let mut line = String::new();
    reader.read_line(&mut line).unwrap();
    let status = line.split(' ').nth(1).unwrap().parse().unwrap();
    let mut length = 0;
    loop {
        line.clear();
        reader.read_line(&mut line).unwrap();
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    reader.read_exact(&mut vec![0; length]).unwrap();
    status
}

/// Both ends of the connections are in one process, which needs more files than many systems allow at first.
#[cfg(unix)]
#[test]
fn a_thousand_connections_are_open_and_answered_at_once() {
    if std::env::var_os(INSIDE).is_none() {
        let this = std::env::current_exe().unwrap();
        let name = "stand_in::large::a_thousand_connections_are_open_and_answered_at_once";
        let script = "ulimit -n 4096 || exit 77; exec \"$@\"";
        let output = Command::new("sh")
            .args(["-c", script, "sh"])
            .arg(this)
            .args(["--exact", name])
            .env(INSIDE, "1")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"), "{output:?}");
        return;
    }
    let stand_in = StandIn::start().unwrap();
    let host = stand_in.address();
    let connect = |_| BufReader::new(TcpStream::connect(host).unwrap());
    let mut open: Vec<_> = (0..CONNECTIONS).map(connect).collect();
    for _ in 0..2 {
        for reader in &mut open {
            write!(reader.get_mut(), "GET /instance HTTP/1.1\r\nhost: {host}\r\n\r\n").unwrap();
        }
        assert_eq!(open.iter_mut().map(status).filter(|status| *status == 200).count(), CONNECTIONS);
    }
    // More than there are places for wait, and neither they nor those that are served keep the stand-in from its end.
    let waiting: Vec<_> = (0..100).map(connect).collect();
    drop(stand_in);
    let mut rest = open.into_iter().chain(waiting);
    assert!(rest.all(|mut reader| reader.read(&mut [0; 1]).unwrap_or_default() == 0));
}

const RESOURCES: usize = 100_000;

/// The elements of all pages of a list.
fn pages(stand_in: &StandIn, target: &str, list: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), String::new());
    loop {
        let page = request(stand_in, "GET", &format!("{target}?maxResults=1000{next}"), b"").json();
        found.extend(page[list].as_array().unwrap().iter().cloned());
        match page["NextToken"].as_str() {
            Some(token) => next = format!("&nextToken={token}"),
            None => return found,
        }
    }
}

#[tokio::test]
async fn a_hundred_thousand_resources_are_listed_and_searched() {
    let stand_in = StandIn::start().unwrap();
    let made = instance(&stand_in).await;
    let queue = made.queue("queue").await.unwrap();
    let mut state = stand_in.state();
    let records = state["records"].as_array_mut().unwrap();
    let template = records.iter().find(|record| record["id"] == queue.as_str()).unwrap().clone();
    let first = records.iter().map(|record| record["number"].as_u64().unwrap()).max().unwrap() + 1;
    let before = pages(&stand_in, &format!("/queues-summary/{}", made.id), "QueueSummaryList").len();
    for count in 0..RESOURCES {
        let id = format!("00000000-0000-4000-8000-{count:012}");
        let mut record = template.clone();
        record["number"] = json!(first + count as u64);
        record["arn"] = json!(template["arn"].as_str().unwrap().replace(&queue, &id));
        record["id"] = json!(id);
        record["members"]["Name"] = json!(format!("queue-{count:06}"));
        records.push(record);
    }
    // By HTTP: such a state is larger than any operation's request may be.
    let text = state.to_string();
    assert!(text.len() > 16 << 20);
    assert_eq!(request(&stand_in, "PUT", "/_stand_in/state", text.as_bytes()).status, 200);
    assert_eq!(request(&stand_in, "PUT", "/instance", text.as_bytes()).status, 413);

    let listed = pages(&stand_in, &format!("/queues-summary/{}", made.id), "QueueSummaryList");
    assert_eq!(listed.len(), before + RESOURCES);
    let ids: BTreeSet<_> = listed.iter().map(|queue| queue["Id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), listed.len());

    let search = |value: &str, size: u64| {
        let condition = json!({"FieldName": "name", "Value": value, "ComparisonType": "STARTS_WITH"});
        let body = json!({"InstanceId": made.id, "SearchCriteria": {"StringCondition": condition}, "MaxResults": size});
        request(&stand_in, "POST", "/search-queues", body.to_string().as_bytes()).json()
    };
    let few = search("queue-09999", 100);
    assert_eq!((few["Queues"].as_array().unwrap().len(), &few["ApproximateTotalCount"]), (10, &json!(10)));
    let many = search("queue-", 100);
    assert_eq!(many["Queues"].as_array().unwrap().len(), 100);
    assert_eq!(many["ApproximateTotalCount"], json!(RESOURCES));
    assert!(many["NextToken"].is_string());
}
