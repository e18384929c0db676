//! Faults on demand: errors, throttling, latency and lost connections, for one operation or for all.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A fault, and the calls that meet it.
///
/// `times` is how many calls meet it; all of them where it is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// The operation's name; every operation where it is `None`.
    pub operation: Option<String>,
    /// The effect on the call.
    pub kind: FaultKind,
    /// The number of calls that it still affects.
    pub times: Option<u64>,
}

/// The effect of a fault.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FaultKind {
    /// The call fails with an error code, before it takes effect.
    Error {
        /// The code, such as `ThrottlingException`.
        code: String,
        /// The HTTP status; that of the modelled exception, or 400, where it is `None`.
        status: Option<u16>,
        /// The message of the error.
        message: String,
    },
    /// Calls above a rate fail with `ThrottlingException`. Connect itself allows 2 calls a second and bursts of 5 for most
    /// operations.
    Throttle {
        /// Calls a second.
        rate: f64,
        /// Calls at once.
        burst: f64,
    },
    /// The answer comes later.
    Latency {
        /// By how much.
        by: Duration,
    },
    /// The connection is lost without an answer.
    Drop {
        /// Whether the call takes effect first.
        after: bool,
    },
}

/// The effect of the faults on a call.
#[derive(Debug, Clone, Default)]
pub(super) struct Met {
    pub latency: Duration,
    pub error: Option<(String, Option<u16>, String)>,
    /// Whether the connection is lost, and whether the call takes effect first.
    pub lost: Option<bool>,
}

/// The faults of a stand-in, with what is left of each.
#[derive(Debug, Default)]
pub(super) struct Faults {
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    fault: Fault,
    /// The calls that a rate still allows, and when that was.
    bucket: (f64, Instant),
}

impl Faults {
    pub fn new(faults: Vec<Fault>) -> Self {
        // A fault that no call meets any more is none.
        let faults = faults.into_iter().filter(|fault| fault.times != Some(0));
        let entry = |fault: Fault| {
            let full = match &fault.kind {
                FaultKind::Throttle { burst, .. } => *burst,
                _ => 0.0,
            };
            Entry { fault, bucket: (full, Instant::now()) }
        };
        Self { entries: faults.map(entry).collect() }
    }

    pub fn list(&self) -> Vec<Fault> {
        self.entries.iter().map(|entry| entry.fault.clone()).collect()
    }

    /// The effect on a call of an operation; faults that are used up are gone.
    pub fn meet(&mut self, operation: &str, now: Instant) -> Met {
        let mut met = Met::default();
        for entry in &mut self.entries {
            if entry.fault.operation.as_deref().is_some_and(|name| name != operation) {
                continue;
            }
            if !entry.applies(now) {
                continue;
            }
            if let Some(times) = &mut entry.fault.times {
                *times = times.saturating_sub(1);
            }
            match &entry.fault.kind {
                FaultKind::Error { code, status, message } => {
                    met.error.get_or_insert_with(|| (code.clone(), *status, message.clone()));
                }
                FaultKind::Throttle { .. } => {
                    let throttled = || ("ThrottlingException".to_owned(), Some(429), "Rate exceeded".to_owned());
                    met.error.get_or_insert_with(throttled);
                }
                FaultKind::Latency { by } => met.latency = met.latency.saturating_add(*by),
                FaultKind::Drop { after } => met.lost = met.lost.or(Some(*after)),
            }
        }
        self.entries.retain(|entry| entry.fault.times != Some(0));
        met
    }
}

impl Entry {
    fn applies(&mut self, now: Instant) -> bool {
        let FaultKind::Throttle { rate, burst } = self.fault.kind else { return true };
        let (left, then) = self.bucket;
        let left = (left + rate * now.saturating_duration_since(then).as_secs_f64()).min(burst);
        let allowed = left >= 1.0;
        self.bucket = (if allowed { left - 1.0 } else { left }, now);
        !allowed
    }
}

impl Fault {
    /// A fault of all calls.
    #[must_use]
    pub fn new(kind: FaultKind) -> Self {
        Self { operation: None, kind, times: None }
    }

    /// The fault for one operation only.
    #[must_use]
    pub fn of(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// The fault for so many calls only.
    #[must_use]
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    pub(super) fn to_json(&self) -> Value {
        let mut json = match &self.kind {
            FaultKind::Error { code, status, message } => {
                json!({"error": code, "status": status, "message": message})
            }
            FaultKind::Throttle { rate, burst } => json!({"throttle": {"rate": rate, "burst": burst}}),
            FaultKind::Latency { by } => json!({"latency_ms": u64::try_from(by.as_millis()).unwrap_or(u64::MAX)}),
            FaultKind::Drop { after } => json!({"drop": if *after { "after" } else { "before" }}),
        };
        json["operation"] = self.operation.clone().into();
        json["times"] = self.times.into();
        json
    }

    /// Reads a fault of a list, as the control API and `--faults` have it.
    ///
    /// # Errors
    /// The missing or wrong part.
    pub(super) fn from_json(json: &Value) -> Result<Self, String> {
        const KINDS: &str = "expected one of error, throttle, latency_ms, drop";
        const MEMBERS: [&str; 8] =
            ["error", "throttle", "latency_ms", "drop", "status", "message", "operation", "times"];
        // A member that is passed over would make a fault of one operation one of all.
        if let Some(name) = json.as_object().ok_or(KINDS)?.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
            return Err(format!("{name}: it is not one of {}", MEMBERS.join(", ")));
        }
        if ["error", "throttle", "latency_ms", "drop"].iter().filter(|name| !json[**name].is_null()).count() != 1 {
            return Err(KINDS.to_owned());
        }
        let kind = if let Some(code) = json["error"].as_str() {
            let status = match &json["status"] {
                Value::Null => None,
                status => {
                    let read = status.as_u64().and_then(|status| u16::try_from(status).ok());
                    Some(read.filter(|status| (400..600).contains(status)).ok_or("status: expected 400 to 599")?)
                }
            };
            let message = json["message"].as_str().unwrap_or("This error was requested.").to_owned();
            FaultKind::Error { code: code.to_owned(), status, message }
        } else if let Some(throttle) = json["throttle"].as_object() {
            let number = |name: &str, usual: f64| match throttle.get(name) {
                None => Ok(usual),
                Some(value) => {
                    let read = value.as_f64().filter(|value| value.is_finite() && *value >= 0.0);
                    read.ok_or_else(|| format!("throttle.{name}: expected a number"))
                }
            };
            FaultKind::Throttle { rate: number("rate", 2.0)?, burst: number("burst", 5.0)? }
        } else if let Some(by) = json["latency_ms"].as_u64() {
            // Longer than any client waits: more would only be kept.
            FaultKind::Latency { by: Duration::from_millis(by.min(600_000)) }
        } else {
            match json["drop"].as_str() {
                Some("before") => FaultKind::Drop { after: false },
                Some("after") => FaultKind::Drop { after: true },
                Some(_) => return Err("drop: expected before or after".to_owned()),
                None => return Err(KINDS.to_owned()),
            }
        };
        let operation = match &json["operation"] {
            Value::Null => None,
            Value::String(name) => Some(name.clone()).filter(|name| name != "*"),
            _ => return Err("operation: expected the name of one".to_owned()),
        };
        let times = match &json["times"] {
            Value::Null => None,
            times => Some(times.as_u64().filter(|times| *times > 0).ok_or("times: expected a number from 1")?),
        };
        Ok(Self { operation, kind, times })
    }

    /// Reads a list of faults.
    ///
    /// # Errors
    /// The first that is wrong, by its place.
    pub(super) fn list_from_json(json: &Value) -> Result<Vec<Self>, String> {
        let list = json.as_array().ok_or("expected a list of faults")?;
        let read = |(index, json)| Self::from_json(json).map_err(|error| format!("[{index}]: {error}"));
        list.iter().enumerate().map(read).collect()
    }
}
