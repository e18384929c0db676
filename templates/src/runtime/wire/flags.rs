//! The arguments of the example, and the configuration that all answers are for.

use super::service::ServiceHandle;
use crate::runtime::auth::credentials::Credentials;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::config::options::Config;

pub(super) const USAGE: &str = "\
usage: wire [--service NAME] [--region REGION] [--endpoint-url URL] [--fips] [--dual-stack] [--operations]

Reads questions from standard input, one JSON object a line, and answers each with one line.
  --service NAME      the service that is asked about, by its id, where the crate has several
  --region REGION     the region, us-west-2 unless set; an empty one is none
  --endpoint-url URL  where requests go instead of the service's own endpoint
  --fips              requests go to an endpoint that is FIPS 140 validated
  --dual-stack        requests go to an endpoint that answers over IPv6 as well
  --operations        print all operations as one JSON array instead
";

/// The arguments.
pub(super) struct Flags {
    pub(super) help: bool,
    pub(super) operations: bool,
    service: Option<String>,
    region: String,
    endpoint_url: Option<String>,
    fips: bool,
    dual_stack: bool,
}

impl Flags {
    /// Reads the arguments. The error says what is wrong with them.
    pub(super) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut flags = Self {
            help: false,
            operations: false,
            service: None,
            region: "us-west-2".to_owned(),
            endpoint_url: None,
            fips: false,
            dual_stack: false,
        };
        while let Some(argument) = arguments.next() {
            let (name, mut given) = match argument.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (argument.as_str(), None),
            };
            let mut value = || given.take().or_else(|| arguments.next()).ok_or_else(|| format!("{name} needs a value"));
            match name {
                "--service" => flags.service = Some(value()?),
                "--region" => flags.region = value()?,
                "--endpoint-url" => flags.endpoint_url = Some(value()?),
                "--fips" => flags.fips = true,
                "--dual-stack" => flags.dual_stack = true,
                "--operations" => flags.operations = true,
                "--help" | "-h" => flags.help = true,
                _ => return Err(format!("unknown argument {argument:?}")),
            }
            if given.is_some() {
                return Err(format!("{name} takes no value"));
            }
        }
        Ok(flags)
    }

    /// The service that is asked about. The error lists the services.
    pub(super) fn choose<'s>(&self, services: &'s [ServiceHandle]) -> Result<&'s ServiceHandle, String> {
        let found = match &self.service {
            None => services.first(),
            Some(name) => services.iter().find(|service| plain(service.id) == plain(name)),
        };
        found.ok_or_else(|| {
            let there: Vec<_> = services.iter().map(|service| service.id).collect();
            format!(
                "--service {}: this program was built for {}; a service that is a module of the crate needs the feature of \
                 its name",
                self.service.as_deref().unwrap_or_default(),
                there.join(", ")
            )
        })
    }

    /// The configuration: the pair of keys and the token of AWS's documentation, and nothing of the environment, so that answers
    /// are the same everywhere.
    pub(super) fn config(&self) -> Config {
        let mut config = Config::new()
            .credentials(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
            .bearer_token(BearerToken::new("TOKENEXAMPLE"))
            .use_fips(self.fips)
            .use_dual_stack(self.dual_stack);
        if !self.region.is_empty() {
            config = config.region(&*self.region);
        }
        match &self.endpoint_url {
            Some(url) => config.endpoint_url(&**url),
            None => config,
        }
    }
}

/// A service's name without what its spellings differ in: `Connect Cases`, `connect-cases` and `connectcases` are one.
fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
