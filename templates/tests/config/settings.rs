//! Settings from code, environment and profile: their order, and the errors for missing ones.

use templates::runtime::credentials::Credentials;
use templates::runtime::environment::Environment;
use templates::runtime::{Config, ErrorKind, Retry};

use crate::support::aws::{Home, Services, environment_at};
use crate::support::service::{Sample, get, ring};

const CONFIG: &str = "[default]\nregion = us-east-1\nsdk_ua_app_id = of-profile\n\
                      [profile far]\nregion = ap-southeast-2\nuse_fips_endpoint = true\nuse_dualstack_endpoint = TRUE\n\
                      aws_access_key_id = AKFAR\naws_secret_access_key = s3cret\nmax_attempts = 1\nretry_mode = standard\n\
                      [profile custom]\nendpoint_url = http://of-profile\nservices = s\n\
                      [services s]\nsample_service =\n  endpoint_url = http://of-section\n";
const KEYS: &str = "[default]\naws_access_key_id = AKDEFAULT\naws_secret_access_key = s3cret\n";

fn services() -> Services {
    Services::new(|_| Some((200, "{}".to_owned())))
}

/// Makes a call; gives URL, `authorization` and `user-agent`, or the error.
async fn call(config: Config) -> Result<(String, String, String), (ErrorKind, String)> {
    let services = services();
    let client = config.http_client(services.clone()).client::<Sample>();
    match client.send(ring()).await {
        Ok(_) => {
            let sent = services.only();
            let [authorization, agent] = ["authorization", "user-agent"].map(|name| sent.header(name).to_owned());
            Ok((sent.uri.to_string(), authorization, agent))
        }
        Err(error) => {
            assert!(services.sent().is_empty());
            let shown = format!("{error} {error:?}");
            assert!(!shown.contains("s3cret"), "{shown}");
            Err((error.kind(), error.to_string()))
        }
    }
}

async fn url(config: Config) -> String {
    call(config).await.unwrap().0
}

/// Keys of a profile take the feature.
#[cfg(feature = "credentials")]
#[tokio::test]
async fn code_then_environment_then_profile() {
    let home = Home::new(CONFIG, KEYS);
    let of = |variables: &[(&'static str, &str)]| Config::new().environment(home.environment(variables));
    let (url, authorization, agent) = call(of(&[])).await.unwrap();
    assert_eq!(url, "https://sample.us-east-1.amazonaws.com/rings");
    assert!(authorization.contains("Credential=AKDEFAULT/") && authorization.contains("/us-east-1/sample/"));
    assert!(agent.ends_with("app/of-profile"), "{agent}");

    let variables = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-2"),
        ("AWS_SDK_UA_APP_ID", "of-environment"),
        ("AWS_ACCESS_KEY_ID", "AKENV"),
        ("AWS_SECRET_ACCESS_KEY", "s3cret"),
    ];
    let (url, authorization, agent) = call(of(&variables)).await.unwrap();
    assert_eq!(url, "https://sample.eu-west-1.amazonaws.com/rings");
    assert!(authorization.contains("Credential=AKENV/") && agent.ends_with("app/of-environment"));

    let in_code =
        of(&variables).region("us-west-2").app_name("of-code").credentials(Credentials::new("AKCODE", "s3cret"));
    let (url, authorization, agent) = call(in_code).await.unwrap();
    assert_eq!(url, "https://sample.us-west-2.amazonaws.com/rings");
    assert!(authorization.contains("Credential=AKCODE/") && agent.ends_with("app/of-code"));
}

#[cfg(feature = "credentials")]
#[tokio::test]
async fn a_profile_chosen_by_the_environment_or_in_code() {
    let home = Home::new(CONFIG, KEYS);
    let by_environment = Config::new().environment(home.environment(&[("AWS_PROFILE", "far")]));
    let (url, authorization, _) = call(by_environment).await.unwrap();
    assert_eq!(url, "https://sample-fips.ap-southeast-2.api.aws/rings");
    assert!(authorization.contains("Credential=AKFAR/"), "{authorization}");

    let variables = [("AWS_PROFILE", "gone"), ("AWS_ACCESS_KEY_ID", "AKENV"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];
    let in_code = Config::new().environment(home.environment(&variables)).profile("far");
    let (_, authorization, _) = call(in_code).await.unwrap();
    assert!(authorization.contains("Credential=AKFAR/"), "{authorization}");

    let off = Config::new().environment(home.environment(&variables)).profile("far").use_fips(false);
    assert_eq!(self::url(off).await, "https://sample.ap-southeast-2.api.aws/rings");
}

/// Without the feature the environment is the only source, whatever the profile has; its other settings are read.
#[cfg(not(feature = "credentials"))]
#[tokio::test]
async fn without_the_feature_a_profile_has_settings_and_no_keys() {
    let home = Home::new(CONFIG, KEYS);
    let of = |variables: &[(&'static str, &str)]| Config::new().environment(home.environment(variables)).profile("far");
    let keys = [("AWS_ACCESS_KEY_ID", "AKENV"), ("AWS_SECRET_ACCESS_KEY", "s3cret")];
    let (url, authorization, _) = call(of(&keys)).await.unwrap();
    assert_eq!(url, "https://sample-fips.ap-southeast-2.api.aws/rings");
    assert!(authorization.contains("Credential=AKENV/"), "{authorization}");
    assert_eq!(call(of(&[])).await.unwrap_err().0, ErrorKind::Credentials);
}

#[tokio::test]
async fn custom_endpoints() {
    let home = Home::new(CONFIG, KEYS);
    let of = async |variables: &[(&'static str, &str)]| {
        let all = [
            &[
                ("AWS_PROFILE", "custom"),
                ("AWS_REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", "AK"),
                ("AWS_SECRET_ACCESS_KEY", "s3cret"),
            ],
            variables,
        ]
        .concat();
        url(Config::new().environment(home.environment(&all))).await
    };
    assert_eq!(of(&[]).await, "http://of-section/rings");
    assert_eq!(of(&[("AWS_ENDPOINT_URL", "http://all")]).await, "http://all/rings");
    let both = [("AWS_ENDPOINT_URL", "http://all"), ("AWS_ENDPOINT_URL_SAMPLE_SERVICE", "http://one")];
    assert_eq!(of(&both).await, "http://one/rings");
    let ignored = [both[0], both[1], ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")];
    assert_eq!(of(&ignored).await, "https://sample.us-east-1.amazonaws.com/rings");

    let all = [("AWS_PROFILE", "custom"), both[0], both[1], ("AWS_REGION", "us-east-1")];
    let in_code = Config::new().environment(home.environment(&all)).endpoint_url("http://of-code");
    assert_eq!(url(in_code.credentials(Credentials::new("AK", "s3cret"))).await, "http://of-code/rings");
}

/// The error has the text and the setting that it comes from, and no password.
#[tokio::test]
async fn an_endpoint_that_is_no_url_is_named_with_its_source() {
    let home = Home::new("[default]\nendpoint_url = of-profile:80\n", KEYS);
    let of = async |config: Config| {
        let config = config.region("us-east-1").credentials(Credentials::new("AK", "s3cret"));
        let (kind, message) = call(config).await.unwrap_err();
        assert_eq!(kind, ErrorKind::Endpoint, "{message}");
        message
    };
    let code = of(Config::new().endpoint_url("localhost:8080")).await;
    assert!(code.contains("\"localhost:8080\" (Config::endpoint_url) is not a URL"), "{code}");
    let variable = home.environment(&[("AWS_ENDPOINT_URL", "ftp://user:s3cret@host")]);
    let variable = of(Config::new().environment(variable)).await;
    assert!(variable.contains("\"ftp://…@host\" (AWS_ENDPOINT_URL) is not a URL"), "{variable}");
    let profile = of(Config::new().environment(home.environment(&[]))).await;
    assert!(profile.contains("\"of-profile:80\" (endpoint_url in profile \"default\" of "), "{profile}");
}

/// With a profile that switches FIPS and dual stack on, and one that says nothing.
#[tokio::test]
async fn fips_and_dual_stack_by_code_environment_profile() {
    let home = Home::new(CONFIG, KEYS);
    let of = async |profile: &'static str, value: Option<&str>, in_code: Option<bool>| {
        let mut variables = vec![("AWS_PROFILE", profile), ("AWS_REGION", "us-east-1")];
        if let Some(value) = value {
            variables.extend([("AWS_USE_FIPS_ENDPOINT", value), ("AWS_USE_DUALSTACK_ENDPOINT", value)]);
        }
        let mut config = Config::new().environment(home.environment(&variables));
        if let Some(on) = in_code {
            config = config.use_fips(on).use_dual_stack(on);
        }
        url(config.credentials(Credentials::new("AK", "s3cret"))).await
    };
    let (off, on) = ("https://sample.us-east-1.amazonaws.com/rings", "https://sample-fips.us-east-1.api.aws/rings");
    assert_eq!(of("default", None, None).await, off);
    assert_eq!(of("far", None, None).await, on);
    assert_eq!(of("default", Some("true"), None).await, on);
    assert_eq!(of("far", Some("false"), None).await, off);
    assert_eq!(of("far", Some("true"), Some(false)).await, off);
    assert_eq!(of("default", Some("false"), Some(true)).await, on);
}

#[tokio::test]
async fn what_is_missing_says_where_it_was_looked_for() {
    let home = Home::new("", KEYS);
    let (kind, message) = call(Config::new().environment(home.environment(&[]))).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("no region is set"), "{message}");
    let custom = || Config::new().endpoint_url("http://localhost").credentials(Credentials::new("AK", "s3cret"));
    let (kind, message) = call(custom().environment(home.environment(&[]))).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    for place in
        ["Config::region", "AWS_REGION and AWS_DEFAULT_REGION", "profile \"default\" of ~/.aws/config (no such file)"]
    {
        assert!(message.contains(place), "{message}");
    }
    let (_, message) = call(custom()).await.unwrap_err();
    assert!(message.contains("reads no environment"), "{message}");
    let (kind, message) = call(Config::new().region("us-east-1")).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(message.contains("no credentials are set"), "{message}");
    let disabled = [("AWS_EC2_METADATA_DISABLED", "true"), ("AWS_REGION", "us-east-1")];
    let (kind, message) = call(Config::new().environment(environment_at(None, &disabled))).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Credentials);
    assert!(message.contains("environment: AWS_ACCESS_KEY_ID is not set"), "{message}");
    assert_eq!(
        message.contains("EC2 instance metadata: AWS_EC2_METADATA_DISABLED is true"),
        cfg!(feature = "credentials")
    );
}

#[tokio::test]
async fn what_is_wrong_names_the_setting() {
    let run = async |config: &str, variables: &[(&'static str, &str)]| {
        let home = Home::new(&format!("[default]\nregion = us-east-1\n{config}\n"), KEYS);
        let (kind, message) = call(Config::new().environment(home.environment(variables))).await.unwrap_err();
        assert_eq!(kind, ErrorKind::Config);
        message
    };
    assert!(run("region = a.b", &[]).await.contains("\"a.b\" is not a host label"));
    assert!(run("max_attempts = 0", &[]).await.contains("max_attempts of profile \"default\" is not a whole number"));
    assert!(run("retry_mode = x", &[]).await.contains("retry_mode of profile \"default\" is not one of"));
    assert!(run("s3cret", &[]).await.contains("~/.aws/config is malformed: line 3"));
    assert!(run("", &[("AWS_PROFILE", "gone")]).await.contains("no profile \"gone\""));
}

#[tokio::test]
async fn attempts_of_the_profile() {
    let home = Home::new(CONFIG, KEYS);
    let refusing = || Services::new(|_| Some((503, "{}".to_owned())));
    let run = async |config: Config| {
        let services = refusing();
        let _ = config.http_client(services.clone()).client::<Sample>().send(get()).await;
        services.sent().len()
    };
    let keys = Credentials::new("AK", "s3cret");
    let far = || Config::new().environment(home.environment(&[("AWS_PROFILE", "far")])).credentials(keys.clone());
    assert_eq!(run(far()).await, 1);
    assert_eq!(run(far().retry(Retry::standard().max_attempts(2))).await, 2);
}

#[tokio::test]
async fn a_configuration_that_reads_no_environment_reads_no_file() {
    let keys = Credentials::new("AK", "s3cret");
    let config = Config::new().region("us-east-1").profile("gone").credentials(keys);
    let (_, message) = call(config).await.unwrap_err();
    assert!(message.contains("no profile \"gone\" in ~/.aws/config (HOME is not set)"), "{message}");
    assert_eq!(format!("{:?}", Environment::none()), "Environment::none");
}

/// A profile file that cannot be used stops no call that has its settings from elsewhere.
#[tokio::test]
async fn a_home_directory_without_readable_files_is_as_good_as_none() {
    let is_a_file = Home::new("", "");
    std::fs::remove_dir(is_a_file.0.join(".aws")).unwrap();
    std::fs::write(is_a_file.0.join(".aws"), "").unwrap();
    let home = is_a_file.0.to_str().unwrap();
    for home in ["/dev/null", home] {
        let of_variables = [
            ("HOME", home),
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "AKENV"),
            ("AWS_SECRET_ACCESS_KEY", "s3cret"),
        ];
        let (_, authorization, _) = call(Config::new().environment(environment_at(None, &of_variables))).await.unwrap();
        assert!(authorization.contains("Credential=AKENV/"), "{authorization}");
        let in_code = Config::new().environment(environment_at(None, &of_variables[..1]));
        let in_code = in_code.region("us-east-1").credentials(Credentials::new("AKCODE", "s3cret"));
        assert!(call(in_code).await.unwrap().1.contains("Credential=AKCODE/"));
        // What is missing names the files that could not be read.
        let (kind, error) =
            call(Config::new().environment(environment_at(None, &of_variables[..1]))).await.unwrap_err();
        assert_eq!(kind, ErrorKind::Config);
        assert!(error.contains("no region is set") && error.contains("~/.aws/config (cannot be read: "), "{error}");
    }
    let of_variable = environment_at(None, &[("AWS_CONFIG_FILE", home), ("AWS_REGION", "us-east-1")]);
    let config = Config::new().environment(of_variable).credentials(Credentials::new("AK", "s3cret"));
    let (kind, error) = call(config).await.unwrap_err();
    assert_eq!(kind, ErrorKind::Config);
    assert!(error.contains("(of AWS_CONFIG_FILE) cannot be read: "), "{error}");
}

/// A setting of no weight stops no call. What each value means is what botocore makes of it (`ensure_boolean`,
/// `sanitize_user_agent_string_component`).
#[tokio::test]
async fn settings_of_no_weight_stop_no_call() {
    let run = async |variables: &[(&'static str, &str)]| {
        let home = Home::new("[default]\nregion = us-east-1\n", "");
        let config = Config::new().environment(home.environment(variables));
        call(config.credentials(Credentials::new("AK", "s3cret"))).await.unwrap()
    };
    for (name, written) in [("my app", "my-app"), ("a/b(c)", "a-b-c-"), ("né", "n-"), ("a#1", "a#1")] {
        assert!(run(&[("AWS_SDK_UA_APP_ID", name)]).await.2.ends_with(&format!(" app/{written}")), "{name}");
    }
    assert!(!run(&[("AWS_SDK_UA_APP_ID", "")]).await.2.contains(" app/"));
    for (value, is_on) in [("true", true), ("True", true), ("0", false), ("1", false), ("yes", false), ("false", false)]
    {
        for (variable, part) in [("AWS_USE_FIPS_ENDPOINT", "-fips"), ("AWS_USE_DUALSTACK_ENDPOINT", "api.aws")] {
            let url = run(&[(variable, value)]).await.0;
            assert_eq!(url.contains(part), is_on, "{variable}={value}: {url}");
        }
        let url = run(&[("AWS_ENDPOINT_URL", "http://custom"), ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", value)]).await.0;
        assert_eq!(url.starts_with("http://custom"), !is_on, "{value}: {url}");
    }
}

/// botocore, `ClientCreator._normalize_fips_region`.
#[tokio::test]
async fn a_pseudo_region_is_the_region_and_the_fips_switch() {
    let keys = || Config::new().credentials(Credentials::new("AK", "s3cret"));
    let plain = call(keys().region("us-east-1").use_fips(true)).await.unwrap();
    for region in ["fips-us-east-1", "us-east-1-fips"] {
        let pseudo = call(keys().region(region)).await.unwrap();
        assert_eq!(pseudo.0, plain.0);
        assert!(pseudo.1.contains("/us-east-1/sample/aws4_request"), "{}", pseudo.1);
    }
}

/// botocore, `add_recursion_detection_header`.
#[tokio::test]
async fn the_trace_of_an_invocation_of_lambda_goes_with_each_call() {
    let run = async |variables: &[(&'static str, &str)]| {
        let services = services();
        let config = Config::new().environment(environment_at(None, variables)).region("us-east-1");
        let config = config.credentials(Credentials::new("AK", "s3cret")).http_client(services.clone());
        config.client::<Sample>().send(ring()).await.unwrap();
        let sent = services.only();
        assert!(!sent.header("authorization").contains("x-amzn-trace-id"));
        sent.headers.get("x-amzn-trace-id").map(|value| value.to_str().unwrap().to_owned())
    };
    let (lambda, trace) = (("AWS_LAMBDA_FUNCTION_NAME", "f"), "Root=1-5759e988-bd862e3fe;Parent=53995c3f;Sampled=1");
    assert_eq!(run(&[lambda, ("_X_AMZN_TRACE_ID", trace)]).await.as_deref(), Some(trace));
    let odd = "a b\u{e9}\n=;:+&[]{}\"',/";
    assert_eq!(run(&[lambda, ("_X_AMZN_TRACE_ID", odd)]).await.as_deref(), Some("a%20b%C3%A9%0A=;:+&[]{}\"',%2F"));
    assert_eq!(run(&[lambda]).await, None);
    assert_eq!(run(&[lambda, ("_X_AMZN_TRACE_ID", "")]).await, None);
    assert_eq!(run(&[("_X_AMZN_TRACE_ID", trace)]).await, None);
}
