//! Roles that a profile assumes: with whose credentials, where, and what is refused.

use std::sync::Arc;
use std::time::{Duration, SystemTime};
use templates::runtime::credentials::{
    AssumeRole, CredentialChain, Credentials, CredentialsError, EnvironmentCredentials, ProvideCredentials,
};
use templates::runtime::environment::Environment;
use templates::runtime::shape::timestamp::DateTime;
use templates::runtime::{Config, TimestampFormat};

use crate::support::aws::answers::{SECRET, imds, load, sts};
use crate::support::aws::{Home, Sent, Services};
use crate::support::service::{Sample, ring};

const BASE: &str = "[default]\naws_access_key_id = AKBASE\naws_secret_access_key = s3cret\nregion = eu-west-1\n";

fn home(config: &str) -> Home {
    Home::new(&format!("{BASE}[profile role]\n{config}"), "")
}

async fn run(config: &str, variables: &[(&'static str, &str)]) -> (Result<Credentials, CredentialsError>, Services) {
    let services = Services::new(|sent| match sent.uri.path() {
        "/" => sts(&sent.body),
        _ => imds(sent),
    });
    let mut all = vec![("AWS_PROFILE", "role")];
    all.extend(variables);
    let answer = load(home(config).environment(&all), &services).await;
    (answer, services)
}

async fn fails(config: &str, says: &str) {
    let (answer, services) = run(config, &[]).await;
    let error = answer.unwrap_err();
    assert!(!error.is_missing());
    assert!(error.to_string().contains(says), "{error}");
    assert!(services.sent().is_empty());
}

#[tokio::test]
async fn assumed_with_the_keys_of_the_source_profile() {
    let role = "role_arn = arn:aws:iam::1:role/admin\nsource_profile = default\nrole_session_name = me\n\
                external_id = x/y\nduration_seconds = 900\nregion = us-west-2\n";
    let (answer, services) = run(role, &[]).await;
    let credentials = answer.unwrap();
    assert_eq!(credentials.access_key_id(), "admin");
    assert_eq!(credentials.secret_access_key(), "s3cret<&lt;");
    assert_eq!(credentials.session_token(), Some("s3cret/of+admin=="));
    assert_eq!(credentials.account_id(), Some("123456789012"));
    let left = credentials.expires_at().unwrap().duration_since(SystemTime::now()).unwrap();
    assert!(left > Duration::from_secs(3500) && left <= Duration::from_secs(3600), "{left:?}");

    let sent = services.only();
    assert_eq!((sent.method.as_str(), sent.uri.to_string().as_str()), ("POST", "https://sts.us-west-2.amazonaws.com/"));
    assert_eq!(
        sent.body,
        "Action=AssumeRole&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fadmin&RoleSessionName=me\
         &ExternalId=x%2Fy&DurationSeconds=900"
    );
    let authorization = sent.header("authorization");
    assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKBASE/"), "{authorization}");
    assert!(authorization.contains("/us-west-2/sts/aws4_request, SignedHeaders=content-type;host;x-amz-date,"));
}

#[tokio::test]
async fn a_role_may_assume_a_role() {
    let (answer, services) = run(
        "role_arn = arn:aws:iam::1:role/outer\nsource_profile = middle\n\
         [profile middle]\nrole_arn = arn:aws:iam::1:role/inner\nsource_profile = default\n",
        &[],
    )
    .await;
    assert_eq!(answer.unwrap().access_key_id(), "outer");
    let sent = services.sent();
    assert_eq!(sent.len(), 2);
    assert!(sent[0].header("authorization").contains("Credential=AKBASE/"));
    assert!(sent[1].header("authorization").contains("Credential=inner/"));
    assert_eq!(sent[1].header("x-amz-security-token"), "s3cret/of+inner==");
    let name = sent[0].field("RoleSessionName").unwrap();
    assert!(name.starts_with("templates-") && (2..=64).contains(&name.len()), "{name}");
}

#[tokio::test]
async fn a_profile_may_name_itself_for_its_own_keys() {
    let (answer, services) = run(
        "role_arn = arn:aws:iam::1:role/self\nsource_profile = role\naws_access_key_id = AKOWN\n\
         aws_secret_access_key = s3cret\n",
        &[],
    )
    .await;
    assert_eq!(answer.unwrap().access_key_id(), "self");
    assert!(services.only().header("authorization").contains("Credential=AKOWN/"));
}

#[tokio::test]
async fn sources_that_are_no_profile() {
    let role = |source: &str| format!("role_arn = arn:aws:iam::1:role/r\ncredential_source = {source}\n");
    let keys = [("AWS_ACCESS_KEY_ID", "AKENV"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];
    // Keys of the environment would end the search before the profile, so the program chooses it.
    let services = Services::new(|sent| sts(&sent.body));
    let home = home(&role("Environment"));
    let chain = CredentialChain::new(home.environment(&keys)).http_client(Arc::new(services.clone())).profile("role");
    assert_eq!(chain.credentials().await.unwrap().access_key_id(), "r");
    assert!(services.only().header("authorization").contains("Credential=AKENV/"));

    let (answer, services) = run(&role("Ec2InstanceMetadata"), &[]).await;
    assert_eq!(answer.unwrap().access_key_id(), "r");
    assert!(services.sent().last().unwrap().header("authorization").contains("Credential=AKIMDS/"));

    fails(&role("EcsContainer"), "AWS_CONTAINER_CREDENTIALS_FULL_URI is set").await;
    fails(&role("Environment"), "AWS_ACCESS_KEY_ID is not set").await;
    fails(&role("Elsewhere"), "\"Elsewhere\" is not one of Environment").await;
}

#[tokio::test]
async fn what_makes_no_sense_is_said() {
    let arn = "role_arn = arn:aws:iam::1:role/r\n";
    fails(arn, "neither source_profile nor credential_source").await;
    fails(&format!("{arn}source_profile = default\ncredential_source = Environment\n"), "are both set").await;
    fails(&format!("{arn}source_profile = gone\n"), "\"gone\" does not exist").await;
    fails(&format!("{arn}source_profile = role\n"), "leads back to itself").await;
    fails(&format!("{arn}source_profile = other\n[profile other]\n{arn}source_profile = role\n"), "leads back").await;
    fails(&format!("{arn}source_profile = empty\n[profile empty]\nregion = r\n"), "\"empty\" has no credentials").await;
    fails(&format!("{arn}source_profile = default\nmfa_serial = x\n"), "the program provides no code").await;
    fails(&format!("{arn}source_profile = default\nduration_seconds = x\n"), "duration_seconds").await;
    fails(&format!("{arn}source_profile = default\nregion = a/b\n"), "not a host label").await;
    fails("login_session = x\n", "run `aws login`").await;
}

#[tokio::test(start_paused = true)]
async fn refusals_of_sts_are_told_and_trouble_is_tried_again() {
    let role = "role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n";
    let run = async |status: u16, body: &'static str| {
        let services = Services::new(move |_| Some((status, body.to_owned())));
        let answer = load(home(role).environment(&[("AWS_PROFILE", "role")]), &services).await;
        (answer.unwrap_err().to_string(), services.sent().len())
    };
    let denied = "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code>\
                  <Message>User &quot;x&quot; may\nnot</Message></Error></ErrorResponse>";
    let (error, attempts) = run(403, denied).await;
    assert!(error.contains("AssumeRole: status 403: AccessDenied: User \"x\" may not"), "{error}");
    assert_eq!(attempts, 1);
    assert_eq!(run(500, "").await.1, 3);
    assert_eq!(run(429, "").await.1, 3);
    let (error, _) = run(200, "<SecretAccessKey>s3cret</SecretAccessKey><Expiration>x</Expiration>").await;
    assert!(error.contains("not a time"), "{error}");
    let (error, _) = run(200, "<Expiration>2026-01-01T00:00:00Z</Expiration>s3cret").await;
    assert!(error.contains("no AccessKeyId"), "{error}");
    let (error, _) = run(200, "\u{fffd}</AccessKeyId><AccessKeyId>").await;
    assert!(error.contains("no Expiration"), "{error}");
}

/// How often STS is asked where it responds with status 400 and this code.
async fn attempts(code: &'static str) -> usize {
    let body = format!("<ErrorResponse><Error><Code>{code}</Code><Message>m</Message></Error></ErrorResponse>");
    let services = Services::new(move |_| Some((400, body.clone())));
    let role = "role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n";
    let error = load(home(role).environment(&[("AWS_PROFILE", "role")]), &services).await.unwrap_err().to_string();
    assert!(error.contains(&format!("AssumeRole: status 400: {code}: m")), "{error}");
    services.sent().len()
}

#[tokio::test(start_paused = true)]
async fn status_400_of_sts_that_means_later_is_repeated() {
    // botocore 1.44.8 with AWS_RETRY_MODE=standard asks as often.
    for (code, expected) in [
        ("Throttling", 3),
        ("ThrottlingException", 3),
        ("RequestLimitExceeded", 3),
        ("IDPCommunicationError", 3),
        ("RequestTimeout", 3),
        ("SlowDown", 3),
        ("TooManyRequestsException", 3),
        ("PriorRequestNotComplete", 3),
        ("BandwidthLimitExceeded", 3),
        ("EC2ThrottledException", 3),
        ("InvalidIdentityToken", 1),
        ("AccessDenied", 1),
    ] {
        assert_eq!(attempts(code).await, expected, "{code}");
    }
}

/// The time that a request was signed with, in seconds since the epoch.
fn signed_at(sent: &Sent) -> i64 {
    let stamp = sent.header("x-amz-date");
    let part = |range| &stamp[range];
    let text =
        format!("{}-{}-{}T{}:{}:{}Z", part(0..4), part(4..6), part(6..8), part(9..11), part(11..13), part(13..15));
    DateTime::parse(&text).unwrap().secs()
}

/// STS whose clock is so many seconds ahead, and which refuses what is signed by another one.
fn sts_ahead(seconds: i64) -> Services {
    let right = DateTime::now().secs() + seconds;
    let services = Services::new(move |sent| match sent.uri.path() {
        "/" if (signed_at(sent) - right).abs() > 300 => Some((
            400,
            "<ErrorResponse><Error><Code>RequestExpired</Code><Message>m</Message></Error></ErrorResponse>".to_owned(),
        )),
        "/" => sts(&sent.body),
        _ => Some((200, "{}".to_owned())),
    });
    services.at(DateTime::from_secs(right).format(TimestampFormat::HttpDate))
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_sts_says_is_wrong_is_corrected_for_calls_as_well() {
    for seconds in [3600, -3600] {
        let services = sts_ahead(seconds);
        let home = home("role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n");
        let config =
            Config::new().environment(home.environment(&[("AWS_PROFILE", "role"), ("AWS_REGION", "us-east-1")]));
        config.http_client(services.clone()).client::<Sample>().send(ring()).await.unwrap();
        let sent = services.sent();
        let paths: Vec<_> = sent.iter().map(|sent| sent.uri.path()).collect();
        assert_eq!(paths, ["/", "/", "/rings"]);
        let now = DateTime::now().secs();
        assert!((signed_at(&sent[0]) - now).abs() < 300);
        assert!((signed_at(&sent[1]) - now - seconds).abs() < 300);
        assert!((signed_at(&sent[2]) - now - seconds).abs() < 300, "the call is signed by the corrected clock");
    }
    // A time that cannot be is not believed.
    let services = sts_ahead(400 * 24 * 3600);
    let role = "role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n";
    let error = load(home(role).environment(&[("AWS_PROFILE", "role")]), &services).await.unwrap_err().to_string();
    assert!(error.contains("RequestExpired"), "{error}");
    assert_eq!(services.sent().len(), 1);
}

/// The URL of each request to STS, and the region that it is signed for; `-` where it is not signed.
async fn hops(outer: &str, inner: &str) -> Vec<(String, String)> {
    let role = format!(
        "role_arn = arn:aws:iam::1:role/outer\nsource_profile = middle\n{outer}\n\
         [profile middle]\nrole_arn = arn:aws:iam::1:role/inner\n{inner}"
    );
    let home = Home::new("", "");
    let base = "[default]\naws_access_key_id = AKBASE\naws_secret_access_key = s3cret\n";
    let token = home.write("token", "s3cret");
    home.write(".aws/config", &format!("{base}[profile role]\n{}", role.replace("TOKEN", &token)));
    let services = Services::new(|sent| sts(&sent.body));
    load(home.environment(&[("AWS_PROFILE", "role")]), &services).await.unwrap();
    let hop = |sent: &Sent| {
        let scope = sent.header("authorization").split('/').nth(2).unwrap_or("-");
        (sent.uri.to_string(), scope.to_owned())
    };
    services.sent().iter().map(hop).collect()
}

#[tokio::test]
async fn settings_of_the_selected_profile_hold_for_all_hops() {
    // botocore 1.44.8, `Session(profile="outer").get_credentials()`, asked for each.
    let base = "source_profile = default\n";
    for (outer, inner, url, region) in [
        ("region = us-gov-west-1", base, "https://sts.us-gov-west-1.amazonaws.com/", "us-gov-west-1"),
        ("region = cn-north-1", base, "https://sts.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
        ("region = eusc-de-east-1", base, "https://sts.eusc-de-east-1.amazonaws.eu/", "eusc-de-east-1"),
        ("region = eu-west-1\nuse_dualstack_endpoint = true", base, "https://sts.eu-west-1.api.aws/", "eu-west-1"),
    ] {
        let expected = (url.to_owned(), region.to_owned());
        assert_eq!(hops(outer, inner).await, [expected.clone(), expected]);
    }
    for (outer, settings, url, region) in [
        ("region = cn-north-1", "region = us-east-2", "https://sts.cn-north-1.amazonaws.com.cn/", "cn-north-1"),
        ("", "region = us-east-2", "https://sts.amazonaws.com/", "us-east-1"),
        ("region = eu-west-1", "use_dualstack_endpoint = true", "https://sts.eu-west-1.amazonaws.com/", "eu-west-1"),
        ("region = eu-west-1", "endpoint_url = http://inner", "https://sts.eu-west-1.amazonaws.com/", "eu-west-1"),
    ] {
        let expected = (url.to_owned(), region.to_owned());
        assert_eq!(hops(outer, &format!("{base}{settings}\n")).await, [expected.clone(), expected]);
    }
    let url = "https://sts.cn-north-1.amazonaws.com.cn/".to_owned();
    let expected = [(url.clone(), "-".to_owned()), (url, "cn-north-1".to_owned())];
    assert_eq!(hops("region = cn-north-1", "web_identity_token_file = TOKEN\n").await, expected);
}

/// The URL that STS is called at.
async fn url(settings: &str, variables: &[(&'static str, &str)]) -> String {
    let role = format!("role_arn = arn:aws:iam::1:role/r\nsource_profile = default\n{settings}");
    let (answer, services) = run(&role, variables).await;
    answer.unwrap();
    services.only().uri.to_string()
}

#[tokio::test]
async fn where_sts_is() {
    assert_eq!(url("", &[]).await, "https://sts.amazonaws.com/");
    assert_eq!(url("", &[("AWS_REGION", "aws-global")]).await, "https://sts.amazonaws.com/");
    assert_eq!(
        url("region = us-east-2\n", &[("AWS_REGION", "eu-west-3")]).await,
        "https://sts.eu-west-3.amazonaws.com/"
    );
    assert_eq!(url("region = cn-north-1\n", &[]).await, "https://sts.cn-north-1.amazonaws.com.cn/");
    assert_eq!(url("region = us-isob-east-1\n", &[]).await, "https://sts.us-isob-east-1.sc2s.sgov.gov/");
    let fips = [("AWS_USE_FIPS_ENDPOINT", "true")];
    assert_eq!(url("region = us-east-1\n", &fips).await, "https://sts-fips.us-east-1.amazonaws.com/");
    assert_eq!(url("region = us-gov-west-1\n", &fips).await, "https://sts.us-gov-west-1.amazonaws.com/");
    let dual = "region = us-east-1\nuse_dualstack_endpoint = true\n";
    assert_eq!(url(dual, &[]).await, "https://sts.us-east-1.api.aws/");
    let custom = [("AWS_ENDPOINT_URL_STS", "http://localhost:4566/")];
    assert_eq!(url("", &custom).await, "http://localhost:4566/");
    assert_eq!(url("endpoint_url = http://all\n", &custom).await, "http://localhost:4566/");
    assert_eq!(url("endpoint_url = http://all\n", &[]).await, "http://all/");
    let services = "services = s\n[services s]\nsts =\n  endpoint_url = http://sts-of-profile\n";
    assert_eq!(url(services, &[]).await, "http://sts-of-profile/");
    let ignored = [custom[0], ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")];
    assert_eq!(url("", &ignored).await, "https://sts.amazonaws.com/");
}

#[tokio::test]
async fn in_code() {
    let services = Services::new(|sent| sts(&sent.body));
    let role = AssumeRole::new(Environment::none(), "arn:aws:iam::1:role/code", Credentials::new("AKCODE", "s3cret"))
        .http_client(Arc::new(services.clone()))
        .region("us-east-2")
        .session_name("me")
        .external_id("id")
        .duration(Duration::from_secs(1000))
        .policy("{}");
    assert_eq!(role.credentials().await.unwrap().access_key_id(), "code");
    let sent = services.only();
    assert_eq!(sent.uri.host(), Some("sts.us-east-2.amazonaws.com"));
    for (name, value) in [("ExternalId", "id"), ("DurationSeconds", "1000"), ("Policy", "%7B%7D")] {
        assert_eq!(sent.field(name), Some(value));
    }
    assert!(!format!("{role:?}").contains(SECRET));
    let none = AssumeRole::new(Environment::none(), "arn", EnvironmentCredentials::new(Environment::none()));
    assert!(none.credentials().await.unwrap_err().is_missing());
}
