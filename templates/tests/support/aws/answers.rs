//! Responses of the services behind the credential chain, and the check that none of their secrets shows.

use std::sync::Arc;

use templates::runtime::credentials::{CredentialChain, Credentials, CredentialsError, ProvideCredentials};
use templates::runtime::environment::Environment;
use templates::runtime::shape::timestamp::DateTime;

use super::{Answer, Sent, Services};

/// What no error may tell. Every secret in these tests contains it.
pub const SECRET: &str = "s3cret";

pub fn chain(environment: Environment, services: &Services) -> CredentialChain {
    CredentialChain::new(environment).http_client(Arc::new(services.clone()))
}

pub async fn load(environment: Environment, services: &Services) -> Result<Credentials, CredentialsError> {
    let chain = chain(environment, services);
    let answer = chain.credentials().await;
    let shown = match &answer {
        Ok(credentials) => format!("{credentials:?} {chain:?}"),
        Err(error) => format!("{error} {error:?} {chain:?}"),
    };
    assert!(!shown.contains(SECRET), "{shown}");
    answer
}

/// The access key id, or the error.
pub async fn id(environment: Environment, services: &Services) -> String {
    match load(environment, services).await {
        Ok(credentials) => credentials.access_key_id().to_owned(),
        Err(error) => error.to_string(),
    }
}

pub fn in_an_hour() -> String {
    in_seconds(3600)
}

pub fn in_seconds(seconds: i64) -> String {
    DateTime::from_secs(DateTime::now().secs() + seconds).to_string()
}

/// What STS answers for a role: its name is the access key id.
pub fn sts(body: &str) -> Answer {
    let role = body.split_once("role%2F").unwrap().1.split('&').next().unwrap();
    let expiry = in_an_hour();
    Some((
        200,
        format!(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser>\
             <Arn>arn:aws:sts::123456789012:assumed-role/{role}/s</Arn></AssumedRoleUser><Credentials>\
             <AccessKeyId>{role}</AccessKeyId><SecretAccessKey>s3cret&lt;&amp;lt;</SecretAccessKey>\
             <SessionToken>s3cret/of+{role}==</SessionToken><Expiration>{expiry}</Expiration>\
             </Credentials></AssumeRoleResult></AssumeRoleResponse>"
        ),
    ))
}

pub fn json(id: &str, expiry: &str) -> String {
    format!(
        r#"{{"Code":"Success","AccessKeyId":"{id}","SecretAccessKey":"s3cret","Token":"s3cret-token","Expiration":"{expiry}"}}"#
    )
}

/// The metadata service of EC2.
pub fn imds(sent: &Sent) -> Answer {
    match (sent.method.as_str(), sent.uri.path()) {
        ("PUT", "/latest/api/token") => Some((200, "s3cret-session".to_owned())),
        ("GET", "/latest/meta-data/iam/security-credentials/") => Some((200, "a-role".to_owned())),
        ("GET", "/latest/meta-data/iam/security-credentials/a-role") => Some((200, json("AKIMDS", &in_an_hour()))),
        _ => None,
    }
}
