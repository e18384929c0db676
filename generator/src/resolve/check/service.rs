//! Checks of the service as a whole: names that reach the output, the protocol, and the signing of requests.

use super::checker::{Checker, METADATA, OPERATIONS};
use crate::json::Path;
use crate::names;

/// Whether requests can be signed by a scheme.
pub(crate) fn is_spoken(scheme: &str) -> bool {
    ["aws.auth#sigv4", "smithy.api#noAuth", "smithy.api#httpBearerAuth"].contains(&scheme)
}

impl Checker<'_> {
    pub(super) fn check_metadata(&mut self) {
        let metadata = &self.model.metadata;
        let offered = metadata.protocols.iter().flatten().any(|protocol| protocol == "rest-json");
        if metadata.protocol != "rest-json" && !offered {
            let message = format!("{:?} is not supported: the generator speaks rest-json", metadata.protocol);
            self.problem(METADATA.key("protocol"), message);
        }
        let texts = [
            ("apiVersion", Some(&metadata.api_version)),
            ("endpointPrefix", Some(&metadata.endpoint_prefix)),
            ("serviceId", Some(&metadata.service_id)),
            ("signingName", metadata.signing_name.as_ref()),
            ("uid", metadata.uid.as_ref()),
        ];
        for (key, text) in texts.into_iter().filter_map(|(key, text)| Some((key, text?))) {
            let plain = |c: char| c.is_ascii_alphanumeric() || " -_.".contains(c);
            if text.is_empty() || text.len() > names::LONGEST || !text.chars().all(plain) {
                let message = "expected letters, digits, spaces, dots, hyphens or underscores";
                self.problem(METADATA.key(key), message);
            }
        }
        if !metadata.service_id.contains(|c: char| c.is_ascii_alphabetic()) {
            self.problem(METADATA.key("serviceId"), "expected a name with a letter");
        }
        if let Some(version) = metadata.signature_version.as_deref().filter(|it| !["v4", "bearer"].contains(it)) {
            let message = format!("{version:?} is not supported: requests are signed as v4, or carry a bearer token");
            self.problem(METADATA.key("signatureVersion"), message);
        }
        if self.model.operations.is_empty() {
            let message = match self.model.streamed.as_slice() {
                [] => "the service has no operation: there is nothing to call".to_owned(),
                streamed => format!("the request of every operation is a stream of events: {}", streamed.join(", ")),
            };
            self.problem(OPERATIONS, message);
        }
    }

    /// Checks that at least one of some schemes is spoken.
    pub(super) fn check_auth(&mut self, at: Path<'_>, schemes: Option<&[String]>) {
        let Some(schemes) = schemes else { return };
        if !schemes.iter().any(|scheme| is_spoken(scheme)) {
            self.problem(at.key("auth"), format!("none of the schemes {schemes:?} is supported"));
        }
    }
}
