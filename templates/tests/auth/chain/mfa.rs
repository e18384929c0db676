//! Roles that demand the code of an MFA device: the program is asked for it.

use std::sync::{Arc, Mutex};

use templates::runtime::credentials::{AssumeRole, Credentials, ProvideCredentials};
use templates::runtime::environment::Environment;
use templates::runtime::{Config, ErrorKind};

use crate::support::aws::answers::{SECRET, chain, sts};
use crate::support::aws::{Home, Services};
use crate::support::service::{Sample, ring};

const CONFIG: &str = "[default]\naws_access_key_id = AKBASE\naws_secret_access_key = s3cret\nregion = eu-west-1\n\
                      [profile role]\nrole_arn = arn:aws:iam::1:role/admin\nsource_profile = default\n\
                      role_session_name = me\nregion = eu-west-1\nmfa_serial = arn:aws:iam::1:mfa/me\n";
const PROFILE: [(&str, &str); 1] = [("AWS_PROFILE", "role")];

#[tokio::test]
async fn the_code_of_the_program_is_sent() {
    let services = Services::new(|sent| match sent.uri.path() {
        "/" => sts(&sent.body),
        _ => Some((200, "{}".to_owned())),
    });
    let home = Home::new(CONFIG, "");
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = asked.clone();
    let config = Config::new().environment(home.environment(&PROFILE)).http_client(services.clone());
    let client = config
        .mfa_code(move |serial| {
            seen.lock().unwrap().push(serial);
            async { Ok::<_, String>(" 123456\n".to_owned()) }
        })
        .client::<Sample>();
    for _ in 0..3 {
        client.send(ring()).await.unwrap();
    }
    assert_eq!(*asked.lock().unwrap(), ["arn:aws:iam::1:mfa/me"], "the person is asked once for all calls");
    let sent = services.sent();
    assert_eq!(sent.len(), 4);
    // As botocore 1.44.8 sends it, whatever the order of the fields.
    for (name, value) in [
        ("Action", "AssumeRole"),
        ("RoleArn", "arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fadmin"),
        ("RoleSessionName", "me"),
        ("SerialNumber", "arn%3Aaws%3Aiam%3A%3A1%3Amfa%2Fme"),
        ("TokenCode", "123456"),
    ] {
        assert_eq!(sent[0].field(name), Some(value));
    }
    assert!(sent[0].header("authorization").contains("Credential=AKBASE/"));
    assert!(sent[1].header("authorization").contains("Credential=admin/"));
}

#[tokio::test]
async fn a_configuration_laid_over_another_says_who_is_asked() {
    let services = Services::new(|sent| match sent.uri.path() {
        "/" => sts(&sent.body),
        _ => Some((200, "{}".to_owned())),
    });
    let home = Home::new(CONFIG, "");
    let base = Config::new().environment(home.environment(&PROFILE)).http_client(services.clone());
    let over = Config::new().mfa_code(|_| async { Ok::<_, String>("123456".to_owned()) });
    base.clone().merge(&over).client::<Sample>().send(ring()).await.unwrap();
    assert_eq!(services.sent()[0].field("TokenCode"), Some("123456"));
    let error = base.client::<Sample>().send(ring()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials, "the base still asks nobody: {error}");
}

#[tokio::test]
async fn without_a_code_nothing_is_sent() {
    let home = Home::new(CONFIG, "");
    let services = Services::new(|_| None);
    for (code, says) in [
        (Err("the person went away"), "no code of the MFA device arn:aws:iam::1:mfa/me: the person went away"),
        (Ok("s3cret"), "is not six digits"),
        (Ok("1234567"), "is not six digits"),
        (Ok(""), "is not six digits"),
    ] {
        let chain = chain(home.environment(&PROFILE), &services);
        let chain = chain.mfa_code(move |_| async move { code.map(str::to_owned) });
        let error = chain.credentials().await.unwrap_err();
        assert!(!error.is_missing() && error.to_string().contains(says), "{error}");
        assert!(!format!("{error:?} {chain:?}").contains(SECRET));
    }
    let config = Config::new().environment(home.environment(&PROFILE)).http_client(services.clone());
    let error = config.client::<Sample>().send(ring()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credentials);
    assert!(error.to_string().contains("Config::mfa_code"), "{error}");
    assert!(services.sent().is_empty());
}

#[tokio::test]
async fn in_code() {
    let services = Services::new(|sent| sts(&sent.body));
    let role = AssumeRole::new(Environment::none(), "arn:aws:iam::1:role/code", Credentials::new("AK", "s3cret"))
        .http_client(Arc::new(services.clone()))
        .region("us-east-2")
        .mfa("GAHT12345678", |serial| async move { Ok::<_, String>(serial[7..].to_owned()) });
    assert!(role.credentials().await.unwrap_err().to_string().contains("is not six digits"));
    let role = role.mfa("GAHT12345678", |serial| async move { Ok::<_, String>(serial[4..10].to_owned()) });
    assert_eq!(role.credentials().await.unwrap().access_key_id(), "code");
    let sent = services.only();
    assert_eq!((sent.field("SerialNumber"), sent.field("TokenCode")), (Some("GAHT12345678"), Some("123456")));
}
