//! Takes each place where credentials were looked for and what happened there; gives the error that lists them all.

use std::fmt;
use std::sync::Arc;

/// There are no credentials, or they cannot be had now. Says every place that was looked in; never holds a secret.
#[derive(Debug, Clone)]
pub struct CredentialsError {
    places: Arc<Vec<Place>>,
}

/// A place where credentials were looked for, and what happened there.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Place {
    /// The place: `environment`, `profile "dev" of ~/.aws/config`, `EC2 instance metadata`.
    pub name: String,
    /// What happened there.
    pub outcome: String,
    /// Whether credentials are configured there and could not be had, as against nothing being configured.
    pub failed: bool,
}

impl CredentialsError {
    /// Nothing is configured at this place: the next one may be tried.
    pub fn missing(place: impl Into<String>, outcome: impl Into<String>) -> Self {
        Self::at(place.into(), outcome.into(), false)
    }

    /// Credentials are configured at this place and could not be had. No other place is tried then, for a call in
    /// another identity than the configured one is worse than no call.
    ///
    /// The outcome is shown to people and logged: it must not hold a secret.
    pub fn failed(place: impl Into<String>, outcome: impl Into<String>) -> Self {
        Self::at(place.into(), outcome.into(), true)
    }

    fn at(name: String, outcome: String, failed: bool) -> Self {
        Self { places: Arc::new(vec![Place { name, outcome, failed }]) }
    }

    /// Every place that was looked in, in order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Whether nothing is configured anywhere, as against something configured having failed.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        !self.places.iter().any(|place| place.failed)
    }

    /// Adds the places that were looked in after these.
    #[must_use]
    pub fn then(self, later: &Self) -> Self {
        let mut places = Vec::with_capacity(self.places.len() + later.places.len());
        for some in &[self.places(), later.places()] {
            for place in *some {
                places.push(place.clone());
            }
        }
        Self { places: Arc::new(places) }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_missing() { "no AWS credentials found" } else { "no AWS credentials could be loaded" })?;
        for (index, place) in self.places.iter().enumerate() {
            let before = if index == 0 { ": " } else { "; " };
            write!(f, "{before}{}: {}", place.name, place.outcome)?;
        }
        Ok(())
    }
}

impl std::error::Error for CredentialsError {}
