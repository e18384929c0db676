//! The default credential chain: where it looks, in which order, and what ends the search.

use templates::runtime::credentials::{CredentialChain, ProvideCredentials};
use templates::runtime::shape::timestamp::DateTime;

use super::PLACES;
use crate::support::aws::answers::{chain, id, imds, in_an_hour, json, load, sts};
use crate::support::aws::{Home, Services, environment_at};

#[tokio::test(start_paused = true)]
async fn nothing_anywhere_lists_every_place() {
    let services = Services::none();
    let home = Home::new("", "");
    let error = load(home.environment(&[]), &services).await.unwrap_err();
    assert!(error.is_missing());
    let places: Vec<_> = error.outcomes().iter().map(|place| place.provider.as_str()).collect();
    let profile = *places.iter().find(|place| place.starts_with("profile")).expect("a profile is looked for");
    assert!(profile.contains("profile \"default\" of ~/.aws/config (no such file)"), "{error}");
    let expected: Vec<_> = PLACES.iter().map(|&place| if place == "profile" { profile } else { place }).collect();
    assert_eq!(places, expected);
    assert!(error.to_string().contains("http://169.254.169.254 does not respond: no connection"), "{error}");
    assert_eq!(services.sent().len(), 1, "the address is tried once only");
}

#[tokio::test]
async fn environment_goes_first_unless_the_program_chose_a_profile() {
    let home = Home::new("", "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = s3cret\n");
    let keys = [("AWS_ACCESS_KEY_ID", "AKENV"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];
    assert_eq!(id(home.environment(&keys), &Services::none()).await, "AKENV");
    assert_eq!(id(home.environment(&[]), &Services::none()).await, "AKFILE");
    let chosen = CredentialChain::new(home.environment(&keys)).profile("default").credentials().await.unwrap();
    assert_eq!(chosen.access_key_id(), "AKFILE");
}

#[tokio::test]
async fn keys_of_the_environment_expire_when_it_says() {
    let mut variables = [
        ("AWS_ACCESS_KEY_ID", "AK"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ("AWS_CREDENTIAL_EXPIRATION", "2026-01-02T03:04:05Z"),
    ];
    let expires = load(environment_at(None, &variables), &Services::none()).await.unwrap().expires_at();
    assert_eq!(expires.map(|time| DateTime::from(time).secs()), Some(1_767_323_045));
    variables[2].1 = "soon";
    assert!(id(environment_at(None, &variables), &Services::none()).await.contains("not a time"));
}

#[tokio::test]
async fn web_identity_of_the_environment_goes_before_keys_but_not_before_a_role() {
    let home = Home::new(
        "[default]\naws_access_key_id = AKFILE\naws_secret_access_key = s3cret\n\
         [profile role]\nrole_arn = arn:aws:iam::1:role/of-profile\nsource_profile = default\n",
        "",
    );
    let token = home.write("token", "s3cret");
    let services = Services::new(|sent| sts(&sent.body));
    let identity = [("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), ("AWS_ROLE_ARN", "arn:aws:iam::1:role/web")];
    assert_eq!(id(home.environment(&identity), &services).await, "web");
    let with_role = [identity[0], identity[1], ("AWS_PROFILE", "role")];
    assert_eq!(id(home.environment(&with_role), &services).await, "of-profile");
}

#[tokio::test]
async fn credentials_file_process_config_file() {
    let keys = |id: &str| format!("aws_access_key_id = {id}\naws_secret_access_key = s3cret\n");
    let home = Home::new(
        &format!("[default]\n{}credential_process = false\n", keys("AKCONFIG")),
        &format!("[default]\n{}aws_session_token = s3cret\naws_account_id = 1\n", keys("AKCREDENTIALS")),
    );
    let credentials = load(home.environment(&[]), &Services::none()).await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKCREDENTIALS");
    assert_eq!(credentials.session_token(), Some("s3cret"));
    assert_eq!(credentials.account_id(), Some("1"));
    let home = Home::new(&format!("[default]\n{}", keys("AKCONFIG")), "");
    assert_eq!(id(home.environment(&[]), &Services::none()).await, "AKCONFIG");
    let half = Home::new("", "[default]\naws_access_key_id = AK\n");
    assert!(id(half.environment(&[]), &Services::none()).await.contains("aws_secret_access_key is not"));
}

#[tokio::test(start_paused = true)]
async fn what_is_configured_and_fails_ends_the_search() {
    let services = Services::new(|sent| match sent.uri.host() {
        Some("169.254.169.254") => imds(sent),
        _ => Some((
            403,
            "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>".to_owned(),
        )),
    });
    let home = Home::new("[default]\nrole_arn = arn:aws:iam::1:role/r\ncredential_source = Environment\n", "");
    let error = load(home.environment(&[]), &services).await.unwrap_err();
    assert!(!error.is_missing());
    let last = error.outcomes().last().map(|place| place.provider.clone()).unwrap_or_default();
    assert!(last.starts_with("profile"), "the container and the instance are not asked: {error}");
    assert!(services.sent().is_empty());
    let malformed = Home::new("aws_secret_access_key = s3cret\n", "");
    let error = id(malformed.environment(&[]), &services).await;
    assert!(error.contains("~/.aws/config is malformed: line 1"), "{error}");
    let error = id(malformed.environment(&[("AWS_PROFILE", "gone"), ("AWS_CONFIG_FILE", "/none")]), &services).await;
    assert!(error.contains("no profile \"gone\""), "{error}");
    assert!(services.sent().is_empty());
    // The last place is reached only when nothing else is configured.
    let empty = Home::new("", "");
    assert_eq!(id(empty.environment(&[]), &services).await, "AKIMDS");
}

#[tokio::test(start_paused = true)]
async fn files_that_cannot_be_read_do_not_keep_the_container_from_being_asked() {
    let services = Services::new(|_| Some((200, json("AKTASK", &in_an_hour()))));
    let variables = [("HOME", "/dev/null"), ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x")];
    assert_eq!(id(environment_at(None, &variables), &services).await, "AKTASK");
    let error = load(environment_at(None, &variables[..1]), &Services::none()).await.unwrap_err();
    assert!(error.is_missing(), "{error}");
    assert!(error.to_string().contains("~/.aws/credentials (cannot be read: "), "{error}");
}

mod web_identity {
    use super::*;

    #[tokio::test]
    async fn token_is_read_anew_and_the_request_is_not_signed() {
        let home = Home::new(
            "[default]\nrole_arn = arn:aws:iam::1:role/web\nweb_identity_token_file = token-is-relative\nregion = us-east-1\n",
            "",
        );
        let token = home.write("token", "s3cret-1\n");
        let services = Services::new(|sent| sts(&sent.body));
        let variables = [("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), ("AWS_ROLE_SESSION_NAME", "me")];
        let chain = chain(home.environment(&variables), &services);
        assert_eq!(chain.credentials().await.unwrap().access_key_id(), "web");
        home.write("token", "s3cret-2");
        chain.credentials().await.unwrap();
        let sent = services.sent();
        assert_eq!(sent[0].field("WebIdentityToken"), Some("s3cret-1"));
        assert_eq!(sent[1].field("WebIdentityToken"), Some("s3cret-2"));
        assert_eq!(sent[0].field("Action"), Some("AssumeRoleWithWebIdentity"));
        assert_eq!(sent[0].field("RoleSessionName"), Some("me"));
        assert_eq!(sent[0].header("authorization"), "");
        assert_eq!(sent[0].uri.host(), Some("sts.us-east-1.amazonaws.com"));
    }

    #[tokio::test]
    async fn what_is_missing_is_said() {
        let file = [("AWS_WEB_IDENTITY_TOKEN_FILE", "/no/such/token")];
        let error = id(environment_at(None, &file), &Services::none()).await;
        assert!(error.contains("neither AWS_ROLE_ARN nor role_arn is"), "{error}");
        let with_role = [file[0], ("AWS_ROLE_ARN", "arn:aws:iam::1:role/web")];
        let error = id(environment_at(None, &with_role), &Services::none()).await;
        assert!(error.contains("/no/such/token cannot be read"), "{error}");
        // An empty one is not sent.
        let home = Home::new("", "");
        for text in ["", "\n", " \t\r\n"] {
            let token = home.write("token", text);
            let variables = [("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), with_role[1]];
            let services = Services::new(|sent| sts(&sent.body));
            let error = id(environment_at(None, &variables), &services).await;
            assert!(error.ends_with(&format!("the token of the web identity: {token} is empty")), "{error}");
            assert!(services.sent().is_empty());
        }
    }

    #[tokio::test]
    async fn of_a_source_profile_takes_nothing_from_the_environment() {
        let home = Home::new("", "");
        let token = home.write("token", "s3cret");
        home.write(
            ".aws/config",
            &format!(
                "[default]\nrole_arn = arn:aws:iam::1:role/outer\nsource_profile = web\n\
             [profile web]\nrole_arn = arn:aws:iam::1:role/inner\nweb_identity_token_file = {token}\n"
            ),
        );
        let services = Services::new(|sent| sts(&sent.body));
        let environment = home.environment(&[("AWS_ROLE_ARN", "arn:aws:iam::1:role/env")]);
        assert_eq!(id(environment, &services).await, "outer");
        assert!(services.sent()[0].body.contains("role%2Finner"));
    }
}
