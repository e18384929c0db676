//! Additions that botocore makes to a service by code instead of its model, as overrides with reasons. They apply to every model of
//! the service. The files cover all handlers of `botocore/handlers.py` that change the requests of a restJson1 service; [`HANDLERS`]
//! has a reason for each of the others.

use std::collections::BTreeSet;

use super::file::Overrides;

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
    overrides.make_lenient();
    Some(overrides)
}

/// The additions to the requests of a service though its models never say it, a line each with its reason.
#[must_use]
pub fn known(service_id: &str) -> Vec<String> {
    of(service_id).iter().flat_map(Overrides::additions).collect()
}

/// The events by which botocore's code, and not its models, changes what happens to a service of restJson1, and what is made of
/// each here. `models survey` names those of a later botocore that are not in this list.
const HANDLERS: &[(&str, &str)] = &[
    ("before-call.apigateway", "known/api-gateway.toml"),
    ("before-call.glacier", "known/glacier.toml"),
    ("before-call.glacier.UploadArchive", "known/glacier.toml"),
    ("before-call.glacier.UploadMultipartPart", "known/glacier.toml"),
    ("before-parameter-build.glacier", "it makes up an account id, `-`, which the compiler asks for here"),
    ("before-parse.sso-oidc.*", "`error_description` is a message in every error body"),
    ("before-sign.polly.SynthesizeSpeech", "it changes presigned URLs only, which nothing emitted makes"),
    ("creating-client-class.bedrock-runtime", "it removes an operation with an event stream"),
    ("creating-client-class.connecthealth", "it removes an operation with an event stream"),
    ("creating-client-class.dsql", "it adds methods that send nothing"),
    ("creating-client-class.iot-data", "it asks whether Python's TLS is too old"),
    ("creating-client-class.lex-runtime-v2", "it removes an operation with an event stream"),
    ("creating-client-class.polly", "it removes an operation with an event stream"),
    ("creating-client-class.qbusiness", "it removes an operation with an event stream"),
    ("getattr.signin.create_o_auth2_token", "it is a second name of a method of Python"),
    ("getattr.socialmessaging.delete_whatsapp_media_message", "it is a second name of a method of Python"),
    ("request-created.cloudsearchdomain.Search", "known/cloudsearch-domain.toml"),
];

/// The handlers in the text of `botocore/handlers.py` that are for a service of `services`, and that nobody has looked at.
/// A service is named by its folder, or by its id with hyphens.
#[must_use]
pub fn unknown_handlers(text: &str, services: &BTreeSet<String>) -> Vec<String> {
    let (_, handlers) = text.split_once("BUILTIN_HANDLERS = [").unwrap_or_default();
    let events = handlers.split('\'').skip(1).step_by(2).filter(|event| !event.starts_with("docs."));
    let of_services = events.filter(|event| event.split('.').nth(1).is_some_and(|service| services.contains(service)));
    let unknown = of_services.filter(|event| HANDLERS.iter().all(|(known, _)| known != event));
    unknown.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FILES, HANDLERS, Overrides, known, unknown_handlers};

    #[test]
    fn every_file_is_of_the_format_and_adds_something() {
        for (id, file, text) in FILES {
            Overrides::parse(file, text).unwrap_or_else(|problems| panic!("{problems}"));
            assert!(!known(id).is_empty(), "{file} adds nothing");
        }
    }

    #[test]
    fn a_handler_that_nobody_looked_at_is_named() {
        let text = "x = ['before-call.glacier.Early']
            BUILTIN_HANDLERS = [
                ('before-call.glacier', add_glacier_version),
                ('before-call.glacier.Late', add_more, REGISTER_LAST),
                ('before-call.s3', add_expect_header),
                ('before-call', add_recursion_detection_header),
                (
                    'docs.*.glacier.*.complete-section',
                    AutoPopulatedParam('accountId').document_auto_populated_param,
                ),
            ]";
        let services = BTreeSet::from(["glacier".to_owned()]);
        assert_eq!(unknown_handlers(text, &services), ["before-call.glacier.Late"]);
    }

    #[test]
    fn every_file_is_the_answer_to_a_handler() {
        for (_, file, _) in FILES {
            let answered = HANDLERS.iter().any(|(_, answer)| file.ends_with(answer));
            assert!(answered, "{file}");
        }
    }
}
