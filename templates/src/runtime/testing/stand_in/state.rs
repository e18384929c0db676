//! State of a stand-in: records, clock, identifiers, remembered answers, and all of it as one JSON document.

use std::collections::{BTreeMap, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use super::facts::Facts;
use super::store::Store;

/// Where the clock of a seeded stand-in starts: 2026-01-01T00:00:00Z.
const START: f64 = 1_767_225_600.0;

/// 9999-12-31T00:00:00Z.
const LATEST: f64 = 253_402_214_400.0;

/// The version of the document.
const FORMAT: u64 = 1;

/// The least number of idempotency tokens that are remembered, and half of the greatest.
const TOKENS: usize = 10_000;

/// The state of a stand-in.
#[derive(Debug, Clone)]
pub(super) struct State {
    seed: u64,
    minted: u64,
    pub clock: StandInClock,
    pub store: Store,
    tokens: HashMap<String, Value>,
    /// The tokens before those; both are dropped in turn, so that they do not grow without bound.
    older_tokens: HashMap<String, Value>,
    /// The answers that a test set, by operation.
    pub answers: BTreeMap<String, Value>,
}

/// The time of a stand-in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StandInClock {
    /// The time itself, where it stands still between calls; else what is added to the machine's.
    at: f64,
    stands: bool,
}

impl StandInClock {
    pub fn now(&self) -> f64 {
        if self.stands { self.at } else { machine_time() + self.at }
    }

    /// Moves the clock.
    ///
    /// # Errors
    /// A time that no timestamp has.
    pub fn advance(&mut self, seconds: f64) -> Result<(), String> {
        checked(self.now() + seconds)?;
        self.at += seconds;
        Ok(())
    }

    /// Lets a second pass for a call, where the clock stands still between calls.
    pub fn tick(&mut self) {
        if self.stands {
            self.at += 1.0;
        }
    }

    /// Lets the clock stand at a time; calls move it.
    ///
    /// # Errors
    /// A time that no timestamp has.
    pub fn set(&mut self, seconds: f64) -> Result<(), String> {
        *self = Self { at: checked(seconds)?, stands: true };
        Ok(())
    }
}

/// A time of the years 1970 to 9999, which timestamps of every format have.
fn checked(seconds: f64) -> Result<f64, String> {
    let known = (0.0..=LATEST).contains(&seconds);
    known.then_some(seconds).ok_or_else(|| "the clock shows times of the years 1970 to 9999 only".to_owned())
}

/// The machine's time to the millisecond, as the service answers times.
fn machine_time() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    (now.as_secs_f64() * 1000.0).floor() / 1000.0
}

impl State {
    /// The state of a new stand-in: seeded, with a clock that calls move, or like none before, with the machine's clock.
    pub fn new(seed: Option<u64>) -> Self {
        let clock = match seed {
            Some(_) => StandInClock { at: START, stands: true },
            None => StandInClock { at: 0.0, stands: false },
        };
        let seed = seed.unwrap_or_else(crate::runtime::base::random::bits);
        let (tokens, older_tokens) = (HashMap::new(), HashMap::new());
        Self { seed, minted: 0, clock, store: Store::default(), tokens, older_tokens, answers: BTreeMap::new() }
    }

    /// The output of a call with an idempotency token, by operation and token.
    pub fn remembered(&self, token: &str) -> Option<&Value> {
        self.tokens.get(token).or_else(|| self.older_tokens.get(token))
    }

    /// Remembers the output of a call with an idempotency token.
    pub fn remember(&mut self, token: String, output: Value) {
        if self.tokens.len() >= TOKENS {
            self.older_tokens = std::mem::take(&mut self.tokens);
        }
        self.tokens.insert(token, output);
    }

    /// A new identifier: a UUID that follows from the seed and the count of those before.
    pub fn mint(&mut self) -> String {
        self.minted += 1;
        let high = mixed(self.seed ^ mixed(self.minted));
        let low = mixed(high ^ self.seed.rotate_left(32));
        let version = (high & !0xf000) | 0x4000;
        let variant = (low & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            version >> 32,
            (version >> 16) & 0xffff,
            version & 0xffff,
            variant >> 48,
            variant & 0xffff_ffff_ffff
        )
    }

    /// The state as one document.
    pub fn to_json(&self, facts: &Facts) -> Value {
        let family = |place: usize| facts.families.get(place).map(|family| family.name.clone()).unwrap_or_default();
        let tokens = self.older_tokens.iter().chain(&self.tokens);
        let tokens: Map<String, Value> = tokens.map(|(key, value)| (key.clone(), value.clone())).collect();
        json!({
            "format": FORMAT,
            // Numbers of JSON are exact to 53 bits in most languages.
            "seed": self.seed.to_string(),
            "minted": self.minted,
            "clock": {"at": self.clock.at, "stands": self.clock.stands},
            "records": self.store.to_json(&family),
            "tokens": tokens,
            "answers": self.answers,
        })
    }

    /// Reads what [`to_json`](Self::to_json) wrote.
    ///
    /// # Errors
    /// The problem of the document, and its place.
    pub fn from_json(json: &Value, facts: &Facts) -> Result<Self, String> {
        if json["format"] != json!(FORMAT) {
            return Err(format!("format: expected {FORMAT}, the format that this version of the crate writes"));
        }
        let object = |key: &str| json[key].as_object().ok_or_else(|| format!("{key}: expected an object"));
        let unique = |place: usize| facts.families.get(place).map(|family| family.unique.clone()).unwrap_or_default();
        let clock = &json["clock"];
        let clock = StandInClock {
            at: clock["at"].as_f64().ok_or("clock.at: expected seconds")?,
            stands: clock["stands"].as_bool().ok_or("clock.stands: expected true or false")?,
        };
        checked(clock.now()).map_err(|message| format!("clock.at: {message}"))?;
        Ok(Self {
            seed: json["seed"].as_str().and_then(|seed| seed.parse().ok()).ok_or("seed: expected a number as text")?,
            minted: json["minted"].as_u64().ok_or("minted: expected a count")?,
            clock,
            store: Store::from_json(&json["records"], &|name| facts.family(name), &unique)?,
            tokens: object("tokens")?.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
            older_tokens: HashMap::new(),
            answers: object("answers")?.iter().map(|(key, value)| (key.clone(), value.clone())).collect(),
        })
    }
}

/// The mixing step of SplitMix64: a permutation in which neighbours have nothing in common.
fn mixed(value: u64) -> u64 {
    let mut mixed = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
