//! A minimal client for two calls: no retries, no timeouts, no typed errors, keys from the environment only. It is the least
//! that the work takes.

#![allow(dead_code, reason = "each program uses a part")]

use std::collections::HashMap;
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

use http::{Method, Request};
use http_body_util::Full;
use hyper::body::Bytes;
use ring::{digest, hmac};
use serde::{Deserialize, Serialize};

/// Where calls go, and who signs them.
pub struct Setup {
    pub endpoint: String,
    pub region: String,
    access_key: String,
    secret: String,
}

impl Setup {
    pub fn from_env() -> Self {
        let variable = |name| env::var(name).unwrap_or_default();
        let region = variable("AWS_REGION");
        let endpoint = env::var("AWS_ENDPOINT_URL_CONNECT");
        Self {
            endpoint: endpoint.unwrap_or_else(|_| format!("https://connect.{region}.amazonaws.com")),
            region,
            access_key: variable("AWS_ACCESS_KEY_ID"),
            secret: variable("AWS_SECRET_ACCESS_KEY"),
        }
    }

    /// The endpoint's host, with its port if it has one.
    pub fn authority(&self) -> &str {
        self.endpoint.split_once("//").map_or(&*self.endpoint, |(_, rest)| rest)
    }

    /// A signed request. The path is taken to need no encoding: it consists of identifiers.
    pub fn request(&self, method: Method, path: &str, body: Vec<u8>) -> Request<Full<Bytes>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
        let (date, stamp) = stamp(now);
        let host = self.authority();
        let signed = "host;x-amz-date";
        let canonical = format!("{method}\n{path}\n\nhost:{host}\nx-amz-date:{stamp}\n\n{signed}\n{}", hex_hash(&body));
        let scope = format!("{date}/{}/connect/aws4_request", self.region);
        let to_sign = format!("AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}", hex_hash(canonical.as_bytes()));
        let mut key = mac(format!("AWS4{}", self.secret).as_bytes(), date.as_bytes());
        for part in [&*self.region, "connect", "aws4_request", &to_sign] {
            key = mac(&key, part.as_bytes());
        }
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={}/{scope}, SignedHeaders={signed}, Signature={}",
            self.access_key,
            hex(&key)
        );
        let request = Request::builder().method(method).uri(path).header("host", host).header("x-amz-date", stamp);
        let request = request.header("authorization", authorization).header("content-type", "application/json");
        request.body(Full::new(body.into())).expect("a request")
    }
}

fn mac(key: &[u8], data: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), data).as_ref().to_vec()
}

fn hex_hash(data: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, data).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        text.extend([byte >> 4, byte & 15].map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)])));
        text
    })
}

/// `20260131` and `20260131T235959Z`.
fn stamp(seconds: u64) -> (String, String) {
    // The civil calendar from days, counted from 1 March of the year 0.
    let days = seconds / 86_400 + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let of_400 = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * of_400 + of_400 / 4 - of_400 / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = of_400 + era * 400 + u64::from(month <= 2);
    let date = format!("{year:04}{month:02}{day:02}");
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    (date.clone(), format!("{date}T{hour:02}{minute:02}{second:02}Z"))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DescribeContactResponse {
    pub contact: Contact,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
pub struct Contact {
    pub arn: Option<String>,
    pub id: Option<String>,
    pub initial_contact_id: Option<String>,
    pub previous_contact_id: Option<String>,
    pub contact_association_id: Option<String>,
    pub initiation_method: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub channel: Option<String>,
    pub queue_info: Option<QueueInfo>,
    pub agent_info: Option<AgentInfo>,
    pub initiation_timestamp: Option<f64>,
    pub disconnect_timestamp: Option<f64>,
    pub last_update_timestamp: Option<f64>,
    pub connected_to_system_timestamp: Option<f64>,
    pub total_pause_count: Option<i32>,
    pub queue_priority: Option<i64>,
    pub customer_id: Option<String>,
    pub disconnect_reason: Option<String>,
    pub tags: Option<HashMap<String, String>>,
    pub attributes: Option<HashMap<String, String>>,
    pub segment_attributes: Option<HashMap<String, SegmentAttributeValue>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct QueueInfo {
    pub id: Option<String>,
    pub enqueue_timestamp: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct AgentInfo {
    pub id: Option<String>,
    pub accepted_by_agent_timestamp: Option<f64>,
    pub connected_to_agent_timestamp: Option<f64>,
    pub agent_pause_duration_in_seconds: Option<i32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SegmentAttributeValue {
    pub value_string: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchUsersRequest<'a> {
    pub instance_id: &'a str,
    pub max_results: i32,
    pub search_criteria: SearchCriteria<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchCriteria<'a> {
    pub string_condition: StringCondition<'a>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StringCondition<'a> {
    pub field_name: &'a str,
    pub value: &'a str,
    pub comparison_type: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct SearchUsersResponse {
    pub users: Vec<User>,
    pub next_token: Option<String>,
    pub approximate_total_count: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct User {
    pub arn: Option<String>,
    pub directory_user_id: Option<String>,
    pub hierarchy_group_id: Option<String>,
    pub id: Option<String>,
    pub identity_info: Option<IdentityInfo>,
    pub phone_config: Option<PhoneConfig>,
    pub routing_profile_id: Option<String>,
    pub security_profile_ids: Option<Vec<String>>,
    pub tags: Option<HashMap<String, String>>,
    pub username: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct IdentityInfo {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PhoneConfig {
    pub phone_type: Option<String>,
    pub auto_accept: Option<bool>,
    pub after_contact_work_time_limit: Option<i32>,
    pub desk_phone_number: Option<String>,
}
