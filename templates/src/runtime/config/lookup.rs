//! Lookup of settings by name: in the environment, or else in the profile, with the place where each was found.

use crate::runtime::base::profile::Profiles;
use crate::runtime::config::options::Config;
use crate::runtime::error::{ErrorKind, Failed, Failure};

/// Looks settings up where the configuration says to.
pub(crate) struct Lookup<'a> {
    config: &'a Config,
    profiles: Profiles,
}

/// The value of a setting, and what it goes by where it was found, for messages.
pub(crate) struct SettingValue {
    pub(crate) value: String,
    pub(crate) name: String,
}

impl<'a> Lookup<'a> {
    /// Reads the profile, away from the executor. Where the configuration reads no environment, there is none and no file is
    /// looked at.
    pub(crate) async fn new(config: &'a Config) -> Result<Self, Failed> {
        match Profiles::read(&config.environment, config.profile.as_deref()).await {
            Ok(profiles) => Ok(Self { config, profiles }),
            Err(error) => Err(Box::new(Failure::of(ErrorKind::Config, error.into()))),
        }
    }

    /// A setting: the first of these variables that is set, or else that of the profile.
    pub(crate) fn get(&self, variables: &[&str], setting: &str) -> Option<SettingValue> {
        let of_profile = || {
            let profile = self.profiles.selected();
            let value = profile.get(setting)?.to_owned();
            Some(SettingValue { value, name: format!("{setting} of profile {:?}", profile.name()) })
        };
        self.var(variables).or_else(of_profile)
    }

    /// A setting that is on where its value is `true`, in any case, and off with any other value, as botocore reads it;
    /// `None` where it is not set. A value that is neither `true` nor `false` is told at debug.
    pub(crate) fn switch(&self, variable: &str, setting: &str) -> Option<bool> {
        let SettingValue { value, name } = self.get(&[variable], setting)?;
        let is_on = value.eq_ignore_ascii_case("true");
        if !is_on && !value.eq_ignore_ascii_case("false") {
            tracing::debug!(setting = name, "the value is neither `true` nor `false`, and counts as `false`");
        }
        Some(is_on)
    }

    /// The custom endpoint of a service.
    ///
    /// See "Service-specific endpoints" in the AWS SDKs and Tools Reference Guide.
    pub(crate) fn endpoint_url(&self, service_id: &str) -> Option<SettingValue> {
        if let Some(elsewhere) = &self.config.service_endpoint {
            return Some(SettingValue { value: elsewhere(service_id)?, name: "SdkConfig".to_owned() });
        }
        if self.switch("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") == Some(true) {
            return None;
        }
        let mut of_service = "AWS_ENDPOINT_URL_".to_owned();
        for c in service_id.chars() {
            of_service.push(if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' });
        }
        self.var(&[&of_service, "AWS_ENDPOINT_URL"]).or_else(|| {
            let profile = self.profiles.selected();
            let value = profile.endpoint_url(service_id)?.to_owned();
            Some(SettingValue { value, name: format!("endpoint_url in {}", profile.place()) })
        })
    }

    /// Where settings are looked for, for messages.
    pub(crate) fn profile_place(&self) -> String {
        self.profiles.selected().place()
    }

    fn var(&self, variables: &[&str]) -> Option<SettingValue> {
        let found =
            |name: &&str| Some(SettingValue { value: self.config.environment.var(name)?, name: (*name).to_owned() });
        variables.iter().find_map(found)
    }
}
