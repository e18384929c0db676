//! Credentials: what is shown of them, the environment, and errors.

use templates::runtime::credentials::{
    Credentials, CredentialsCache, CredentialsError, EnvironmentCredentials, ProvideCredentials,
};
use templates::runtime::environment::Environment;

fn environment(variables: &'static [(&str, &str)]) -> EnvironmentCredentials {
    EnvironmentCredentials::new(Environment::from_fn(move |name| {
        variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }))
}

#[tokio::test]
async fn environment_variables() {
    let given = environment(&[
        ("AWS_ACCESS_KEY_ID", "AKID"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ("AWS_SESSION_TOKEN", "t0ken"),
        ("AWS_ACCOUNT_ID", "123456789012"),
    ]);
    let credentials = given.credentials().await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKID");
    assert_eq!(credentials.secret_access_key(), "s3cret");
    assert_eq!(credentials.session_token(), Some("t0ken"));
    assert_eq!(credentials.account_id(), Some("123456789012"));
    assert_eq!(credentials.expires_at(), None);

    let missing = environment(&[("AWS_SECRET_ACCESS_KEY", "s3cret")]).credentials().await.unwrap_err();
    assert!(missing.is_missing());
    assert_eq!(missing.to_string(), "no AWS credentials found: environment: AWS_ACCESS_KEY_ID is not set");
    let half = environment(&[("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "")]);
    let half = half.credentials().await.unwrap_err();
    assert!(!half.is_missing());
    assert!(half.to_string().contains("AWS_SECRET_ACCESS_KEY is not"), "{half}");
}

#[test]
fn nothing_secret_is_shown() {
    let credentials = Credentials::new("AKID", "s3cret").with_session_token("t0ken");
    let cache = CredentialsCache::new(credentials.clone());
    let environment = environment(&[("AWS_ACCESS_KEY_ID", "AKID"), ("AWS_SECRET_ACCESS_KEY", "s3cret")]);
    let shown = format!("{credentials:?} {credentials:#?} {cache:?} {environment:?}");
    assert!(shown.contains("AKID"));
    for secret in ["s3cret", "t0ken"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn errors_say_every_place() {
    let error = CredentialsError::missing("environment", "AWS_ACCESS_KEY_ID is not set")
        .then(&CredentialsError::missing("profile \"default\"", "no such file"));
    assert_eq!(
        error.to_string(),
        "no AWS credentials found: environment: AWS_ACCESS_KEY_ID is not set; profile \"default\": no such file"
    );
    let error = error.then(&CredentialsError::failed("container", "status 403"));
    assert!(!error.is_missing());
    assert!(error.to_string().starts_with("no AWS credentials could be loaded: environment: "), "{error}");
    assert_eq!(error.outcomes().len(), 3);
}

#[test]
fn equal_are_the_same_keys() {
    let credentials = Credentials::new("a", "b").with_session_token("c");
    assert_eq!(credentials, credentials.clone().with_account_id("1"));
    assert_ne!(credentials, Credentials::new("a", "b"));
    assert_ne!(credentials, Credentials::new("a", "x").with_session_token("c"));
}
