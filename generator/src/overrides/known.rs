//! What botocore does to a service by code, and not by its model, as overrides with reasons: they apply to every model of the
//! service, wherever it comes from. Of `botocore/handlers.py`, these are all handlers that change what a restJson1 service is
//! sent; `models/README.md` says of the others why they are not here.

use super::Overrides;

/// The files, by the id of the service.
const FILES: &[(&str, &str, &str)] = &[
    ("API Gateway", "generator/src/overrides/known/api-gateway.toml", include_str!("known/api-gateway.toml")),
    (
        "CloudSearch Domain",
        "generator/src/overrides/known/cloudsearch-domain.toml",
        include_str!("known/cloudsearch-domain.toml"),
    ),
    ("Glacier", "generator/src/overrides/known/glacier.toml", include_str!("known/glacier.toml")),
];

/// The overrides of a service that its models never say, by its id. An operation that a model lacks is passed over, since it
/// may be a part of one.
pub(crate) fn of(service_id: &str) -> Option<Overrides> {
    let (_, file, text) = FILES.iter().find(|(id, ..)| *id == service_id)?;
    let mut overrides = Overrides::parse(file, text).ok()?;
    overrides.additions.iter_mut().for_each(super::addition::Addition::make_lenient);
    Some(overrides)
}

/// What is added to the requests of a service though its models never say it, a line each with its reason.
#[must_use]
pub fn known(service_id: &str) -> Vec<String> {
    of(service_id).iter().flat_map(|overrides| &overrides.additions).map(|addition| addition.describe()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Overrides;
    use super::{FILES, known};

    #[test]
    fn every_file_is_of_the_format_and_adds_something() {
        for (id, file, text) in FILES {
            Overrides::parse(file, text).unwrap_or_else(|problems| panic!("{problems}"));
            assert!(!known(id).is_empty(), "{file} adds nothing");
        }
    }
}
