//! The error of credentials and tokens: the outcome of every provider that was asked.

use std::fmt;
use std::sync::Arc;

/// No credentials, or no token, could be had. Lists the outcome of every provider that was asked, and never holds a secret.
#[derive(Debug, Clone)]
pub struct CredentialsError {
    outcomes: Arc<Vec<ProviderOutcome>>,
}

/// Why one provider has nothing.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct ProviderOutcome {
    /// The provider: `environment`, `profile "dev" of ~/.aws/config`, `EC2 instance metadata`.
    pub provider: String,
    /// The setting that is missing, or the problem.
    pub message: String,
    /// Whether the provider is configured and failed, as opposed to not being configured.
    pub failed: bool,
}

impl CredentialsError {
    /// The error of a provider that is not configured: the next one may be asked.
    pub fn missing(provider: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(provider.into(), message.into(), false)
    }

    /// The error of a provider that is configured and failed. No other provider is asked then, because a call in another
    /// identity than the configured one is worse than no call.
    ///
    /// The message is shown to people and logged: it must not hold a secret.
    pub fn failed(provider: impl Into<String>, message: impl Into<String>) -> Self {
        Self::of(provider.into(), message.into(), true)
    }

    fn of(provider: String, message: String, failed: bool) -> Self {
        Self { outcomes: Arc::new(vec![ProviderOutcome { provider, message, failed }]) }
    }

    /// The outcome of every provider that was asked, in order.
    #[must_use]
    pub fn outcomes(&self) -> &[ProviderOutcome] {
        &self.outcomes
    }

    /// Whether nothing is configured anywhere, as opposed to a configured provider having failed.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        !self.outcomes.iter().any(|outcome| outcome.failed)
    }

    /// Adds the outcomes of the providers that were asked after these.
    #[must_use]
    pub fn then(self, later: &Self) -> Self {
        let mut outcomes = Vec::with_capacity(self.outcomes.len() + later.outcomes.len());
        for some in &[self.outcomes(), later.outcomes()] {
            for outcome in *some {
                outcomes.push(outcome.clone());
            }
        }
        Self { outcomes: Arc::new(outcomes) }
    }
}

impl fmt::Display for CredentialsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_missing() { "no AWS credentials found" } else { "no AWS credentials could be loaded" })?;
        for (index, outcome) in self.outcomes.iter().enumerate() {
            let before = if index == 0 { ": " } else { "; " };
            write!(f, "{before}{}: {}", outcome.provider, outcome.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for CredentialsError {}
