//! Credentials of the machine: the agents of Amazon ECS and Amazon EKS, and the metadata service of Amazon EC2.

use std::sync::Arc;
use std::time::SystemTime;
use templates::runtime::credentials::ProvideCredentials;

use crate::support::aws::answers::{SECRET, chain, id, imds, in_an_hour, in_seconds, json, load};
use crate::support::aws::{Home, Services, environment_at};

mod containers {
    use super::*;

    const FULL: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
    const RELATIVE: &str = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";

    fn agent() -> Services {
        Services::new(|_| Some((200, json("AKTASK", &in_an_hour()))))
    }

    #[tokio::test]
    async fn amazon_ecs_and_amazon_eks() {
        let services = agent();
        let both = [(RELATIVE, "/v2/credentials/x?y=z"), (FULL, "http://example.com/")];
        let credentials = load(environment_at(None, &both), &services).await.unwrap();
        assert_eq!(credentials.access_key_id(), "AKTASK");
        assert_eq!(credentials.session_token(), Some("s3cret-token"));
        assert!(credentials.expires_at().is_some());
        let sent = services.only();
        assert_eq!(sent.uri, "http://169.254.170.2/v2/credentials/x?y=z");
        assert_eq!(sent.header("authorization"), "");
        for url in [
            "http://169.254.170.23/v1/credentials",
            "http://[fd00:ec2::23]/v1/credentials",
            "http://localhost:8080/x",
            "http://127.0.0.2/x",
            "http://[::1]:80/x",
            "https://example.com/x",
        ] {
            assert_eq!(id(environment_at(None, &[(FULL, url)]), &agent()).await, "AKTASK", "{url}");
        }
    }

    #[tokio::test]
    async fn no_token_goes_over_a_network_in_the_clear() {
        for url in ["http://example.com/x", "http://10.0.0.1/x", "http://[fd00:ec2::24]/x", "/x", "ftp://example.com"] {
            let services = agent();
            let variables = [(FULL, url), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cret")];
            let error = load(environment_at(None, &variables), &services).await.unwrap_err();
            assert!(!error.is_missing());
            assert!(services.sent().is_empty(), "{url}");
        }
    }

    #[tokio::test]
    async fn token_of_the_file_goes_first_and_is_read_anew() {
        let home = Home::new("", "");
        let token = home.write("token", "s3cret-1");
        let services = agent();
        let chain = chain(
            home.environment(&[
                (FULL, "http://127.0.0.1/x"),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", &token),
                ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cret-0"),
            ]),
            &services,
        );
        chain.credentials().await.unwrap();
        home.write("token", "s3cret-2");
        chain.credentials().await.unwrap();
        home.write("token", "s3cret-3\nx: y");
        let error = chain.credentials().await.unwrap_err().to_string();
        assert!(
            error.contains("value of authorization cannot be written in a header") && !error.contains(SECRET),
            "{error}"
        );
        let tokens: Vec<_> = services.sent().iter().map(|sent| sent.header("authorization").to_owned()).collect();
        assert_eq!(tokens, ["s3cret-1", "s3cret-2"]);
        let plain = [(FULL, "http://127.0.0.1/x"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "s3cret-0")];
        let services = agent();
        id(home.environment(&plain), &services).await;
        assert_eq!(services.only().header("authorization"), "s3cret-0");
    }

    #[tokio::test(start_paused = true)]
    async fn answers_of_all_kinds() {
        let run = async |answers: &'static [(u16, &'static str)]| {
            let count = std::sync::atomic::AtomicUsize::new(0);
            let services = Services::new(move |_| {
                let (status, body) = answers[count.fetch_add(1, std::sync::atomic::Ordering::SeqCst)];
                Some((status, body.to_owned()))
            });
            let answer = id(environment_at(None, &[(RELATIVE, "/x")]), &services).await;
            (answer, services.sent().len())
        };
        let good = r#"{"AccessKeyId":"AK","SecretAccessKey":"s3cret","Token":null,"AccountId":"1"}"#;
        assert_eq!(run(Vec::leak(vec![(500, ""), (503, "s3cret"), (200, good)])).await, ("AK".to_owned(), 3));
        let (error, attempts) = run(&[(403, r#"{"code":"AccessDenied","message":"no role","x":"s3cret"}"#)]).await;
        assert!(error.ends_with("container: status 403: AccessDenied: no role"), "{error}");
        assert_eq!(attempts, 1);
        assert!(run(&[(400, "s3cret")]).await.0.ends_with("container: status 400"));
        assert!(run(&[(200, "s3cret")]).await.0.ends_with("container: the response is not JSON"));
        assert!(run(&[(200, r#"{"AccessKeyId":"s3cret"}"#)]).await.0.ends_with("has no SecretAccessKey"));
        let expiry = r#"{"AccessKeyId":"AK","SecretAccessKey":"s3cret","Expiration":"s3cret"}"#;
        assert!(run(Vec::leak(vec![(200, expiry)])).await.0.ends_with("Expiration of the response is not a time"));
    }

    #[tokio::test]
    async fn a_scheme_that_is_not_spoken_is_refused() {
        for url in ["ftp://localhost/x", "ws://127.0.0.1/x", "httpx://169.254.170.2/x", "localhost/x"] {
            let services = agent();
            let error = id(environment_at(None, &[(FULL, url)]), &services).await;
            assert!(error.ends_with("is not a URL of scheme http or https"), "{error}");
            assert!(services.sent().is_empty(), "{url}");
        }
    }

    #[tokio::test]
    async fn empty_tokens_and_expired_credentials_are_not_used() {
        let home = Home::new("", "");
        let token = home.write("token", " \n");
        let services = agent();
        let variables = [(FULL, "http://127.0.0.1/x"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.as_str())];
        let error = id(home.environment(&variables), &services).await;
        assert!(error.ends_with(&format!("container: {token} is empty")), "{error}");
        assert!(services.sent().is_empty());
        let expiry = in_seconds(-30);
        let expired = json("AKOLD", &expiry);
        let services = Services::new(move |_| Some((200, expired.clone())));
        let error = id(environment_at(None, &[(FULL, "http://127.0.0.1/x")]), &services).await;
        assert!(error.ends_with(&format!("container: the credentials expired at {expiry}")), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn user_information_of_a_url_is_not_shown() {
        for url in
            ["http://u:s3cret@127.0.0.1/x", "http://u:s3cret@example.com/x", "ftp://u:s3cret@localhost/", "u:s3cret@x"]
        {
            let error = load(environment_at(None, &[(FULL, url)]), &Services::none()).await.unwrap_err();
            assert!(!error.is_missing(), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_without_end_is_not_read() {
        let services = Services::new(|_| Some((200, "s3cret".repeat(100_000))));
        let error = id(environment_at(None, &[(RELATIVE, "/x")]), &services).await;
        assert!(error.contains("longer than"), "{error}");
    }
}

mod ec2 {
    use super::*;

    #[tokio::test]
    async fn version_2_of_the_service() {
        let services = Services::new(imds);
        let credentials = load(environment_at(None, &[]), &services).await.unwrap();
        assert_eq!(credentials.access_key_id(), "AKIMDS");
        let sent = services.sent();
        assert_eq!(sent.len(), 3);
        assert_eq!(sent[0].uri, "http://169.254.169.254/latest/api/token");
        assert_eq!(sent[0].header("x-aws-ec2-metadata-token-ttl-seconds"), "21600");
        for sent in &sent[1..] {
            assert_eq!(sent.header("x-aws-ec2-metadata-token"), "s3cret-session");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn where_it_is() {
        let run = async |config: &str, variables: &[(&'static str, &str)]| {
            let services = Services::none();
            let home = Home::new(config, "");
            let error = id(home.environment(variables), &services).await;
            let uris: Vec<_> = services.sent().iter().map(|sent| sent.uri.to_string()).collect();
            (uris.join(" "), error)
        };
        let endpoint = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:1338/")];
        assert_eq!(run("", &endpoint).await.0, "http://127.0.0.1:1338/latest/api/token");
        let ipv6 = [("AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE", "IPv6")];
        assert_eq!(run("", &ipv6).await.0, "http://[fd00:ec2::254]/latest/api/token");
        let setting = "[default]\nec2_metadata_service_endpoint = http://of-profile\n";
        assert_eq!(run(setting, &[]).await.0, "http://of-profile/latest/api/token");
        let (sent, error) = run("", &[("AWS_EC2_METADATA_DISABLED", "TRUE")]).await;
        assert_eq!(sent, "");
        assert!(error.contains("AWS_EC2_METADATA_DISABLED is true"), "{error}");
        let (_, error) = run("", &[("AWS_EC2_METADATA_SERVICE_ENDPOINT", "not a url")]).await;
        assert!(error.contains("not a URL"), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn answers_of_all_kinds() {
        let run = async |path: &'static str, status: u16, body: &'static str| {
            let services = Services::new(move |sent| match sent.uri.path() == path {
                true => Some((status, body.to_owned())),
                false => imds(sent),
            });
            load(environment_at(None, &[]), &services).await.unwrap_err()
        };
        let role = "/latest/meta-data/iam/security-credentials/";
        let error = run(role, 404, "").await;
        assert!(error.is_missing() && error.to_string().contains("the instance has no role"), "{error}");
        assert!(run(role, 200, " \n").await.to_string().contains("role could not be read: status 200"));
        assert!(run(role, 401, "s3cret").await.to_string().contains("role could not be read: status 401"));
        let elsewhere = run("/latest/api/token", 405, "").await;
        assert!(
            elsewhere.is_missing() && elsewhere.to_string().contains("did not open a session: status 405"),
            "{elsewhere}"
        );
        let empty = run("/latest/api/token", 200, "\n").await;
        assert!(empty.to_string().ends_with("did not open a session: no token") && !empty.is_missing(), "{empty}");
        assert!(run("/latest/api/token", 200, "a\nb").await.to_string().contains("cannot be written in a header"));
        assert!(!run("/latest/api/token", 500, "").await.is_missing());
        let credentials = "/latest/meta-data/iam/security-credentials/a-role";
        let error = run(credentials, 200, r#"{"Code":"AssumeRoleUnauthorizedAccess","Message":"EC2 cannot"}"#).await;
        assert!(error.to_string().ends_with("AssumeRoleUnauthorizedAccess: EC2 cannot"), "{error}");
        assert!(run(credentials, 200, "s3cret").await.to_string().ends_with("not JSON"));
        assert!(run(credentials, 503, "").await.to_string().ends_with("status 503"));
    }

    #[tokio::test(start_paused = true)]
    async fn user_information_of_the_endpoint_is_not_shown() {
        let variables = [("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://u:s3cret@127.0.0.1:1338/?t=s3cret")];
        for services in [
            Services::none(),
            Services::new(|_| Some((405, String::new()))),
            Services::new(|_| Some((500, String::new()))),
        ] {
            let error = load(environment_at(None, &variables), &services).await.unwrap_err();
            assert!(error.to_string().contains("http://…@127.0.0.1:1338/"), "{error}");
        }
        for url in ["u:s3cret@x", "ftp://u:s3cret@localhost", "http://u:s3cret@"] {
            let error = load(environment_at(None, &[(variables[0].0, url)]), &Services::none()).await.unwrap_err();
            assert!(error.to_string().contains("is not a URL"), "{error}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn old_credentials_serve_while_there_are_no_new_ones() {
        let up = Arc::new(std::sync::atomic::AtomicBool::new(true));
        let is_up = up.clone();
        let services =
            Services::new(move |sent| match (is_up.load(std::sync::atomic::Ordering::SeqCst), sent.uri.path()) {
                (false, _) => None,
                (true, path) if path.ends_with("a-role") => Some((200, json("AKOLD", &in_seconds(-30)))),
                _ => imds(sent),
            });
        let chain = chain(environment_at(None, &[]), &services);
        for is_up in [true, false, false] {
            up.store(is_up, std::sync::atomic::Ordering::SeqCst);
            let credentials = chain.credentials().await.unwrap();
            assert_eq!(credentials.access_key_id(), "AKOLD");
            let left = credentials.expires_at().unwrap().duration_since(SystemTime::now()).unwrap();
            assert!((595..=905).contains(&left.as_secs()), "{left:?}");
        }
    }
}
