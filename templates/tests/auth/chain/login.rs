//! Credentials of a sign-in with `aws login`: the file that it left, and its renewal, bound to a key.

use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
#[cfg(feature = "client")]
use templates::runtime::shape::timestamp::DateTime;

use crate::support::aws::answers::{SECRET, id, in_seconds, load};
use crate::support::aws::{Answer, Home, Sent, Services};

const SESSION: &str = "arn:aws:iam::123456789012:user/me";
/// SHA-256 of the session.
const FILE: &str = "286187707741fc2ccb93cf9e56dbd0ee0a16208feed5fbc8ae1baa86d44c283f.json";
/// As AWS's command line writes it (RFC 5915), and the same as PKCS #8. Neither protects anything.
const KEYS: [&str; 2] = [
    "-----BEGIN EC PRIVATE KEY-----\n\
     MHcCAQEEIHL/cgYEjXutRX0ZQJHD2OL3hl0YVjgT/d8GVOD5S+1joAoGCCqGSM49\n\
     AwEHoUQDQgAEfxfZCcAwYeLAKEPcKnucH4KqqYI85lKGU32DqvHOBh0UpmEMWZi5\n\
     n7PwptzsE12QN+V6dPSmTS6oqZpV1bfwgQ==\n-----END EC PRIVATE KEY-----\n",
    "-----BEGIN PRIVATE KEY-----\n\
     MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcv9yBgSNe61FfRlA\n\
     kcPY4veGXRhWOBP93wZU4PlL7WOhRANCAAR/F9kJwDBh4sAoQ9wqe5wfgqqpgjzm\n\
     UoZTfYOq8c4GHRSmYQxZmLmfs/Cm3OwTXZA35Xp09KZNLqipmlXVt/CB\n-----END PRIVATE KEY-----\n",
];

fn home(file: &Value) -> (Home, PathBuf) {
    let home = Home::new(&format!("[default]\nlogin_session = {SESSION}\nregion = eu-west-1\n"), "");
    let path = home.write(&format!(".aws/login/cache/{FILE}"), &file.to_string());
    (home, path.into())
}

/// A sign-in, as AWS's command line leaves it.
fn sign_in(expires_in: i64, key: &str) -> Value {
    json!({
        "accessToken": {
            "accessKeyId": "AKOLD", "secretAccessKey": "s3cret", "sessionToken": "s3cret-old",
            "accountId": "123456789012", "expiresAt": in_seconds(expires_in),
        },
        "tokenType": "aws_sigv4",
        "refreshToken": "s3cret-refresh",
        "idToken": "s3cret-id",
        "clientId": "arn:aws:signin:::devtools/same-device",
        "dpopKey": key,
    })
}

fn renewing(sent: &Sent) -> Answer {
    assert_eq!(sent.uri.path(), "/v1/token");
    let keys = json!({ "accessKeyId": "AKNEW", "secretAccessKey": "s3cret-new", "sessionToken": "s3cret-token" });
    let body = json!({
        "accessToken": keys, "tokenType": "aws_sigv4", "expiresIn": 900, "refreshToken": "s3cret-next",
    });
    Some((200, body.to_string()))
}

fn read(path: &PathBuf) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[tokio::test]
async fn credentials_of_the_file_serve_while_they_are_good() {
    let (home, _) = home(&sign_in(900, KEYS[0]));
    let services = Services::none();
    let credentials = load(home.environment(&[]), &services).await.unwrap();
    assert_eq!(credentials.access_key_id(), "AKOLD");
    assert_eq!((credentials.session_token(), credentials.account_id()), (Some("s3cret-old"), Some("123456789012")));
    assert!(credentials.expires_at().is_some());
    // Elsewhere, where a variable says so.
    let moved = home.write(&format!("elsewhere/{FILE}"), &sign_in(900, "").to_string().replace("AKOLD", "AKELSE"));
    let folder = moved.rsplit_once('/').unwrap().0.to_owned();
    for folder in [folder, "~/elsewhere".to_owned(), "$HOME/elsewhere".to_owned()] {
        let environment = home.environment(&[("AWS_LOGIN_CACHE_DIRECTORY", &folder)]);
        assert_eq!(id(environment, &services).await, "AKELSE");
    }
}

/// A part of a JSON web token.
fn part(token: &str, number: usize) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(token.split('.').nth(number).unwrap()).unwrap()
}

#[cfg(feature = "client")]
#[tokio::test]
async fn they_are_renewed_by_whoever_has_the_key() {
    use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    for (key, expires_in) in [(KEYS[0], 299), (KEYS[0], -10), (KEYS[1], 60)] {
        let (home, path) = home(&sign_in(expires_in, key));
        let services = Services::new(renewing);
        let credentials = load(home.environment(&[]), &services).await.unwrap();
        assert_eq!((credentials.access_key_id(), credentials.session_token()), ("AKNEW", Some("s3cret-token")));
        assert_eq!(credentials.account_id(), Some("123456789012"));
        let sent = services.only();
        assert_eq!(
            (sent.method.as_str(), sent.uri.to_string().as_str()),
            ("POST", "https://eu-west-1.signin.aws.amazon.com/v1/token")
        );
        let expected = json!({
            "clientId": "arn:aws:signin:::devtools/same-device", "grantType": "refresh_token",
            "refreshToken": "s3cret-refresh",
        });
        assert_eq!(serde_json::from_str::<Value>(&sent.body).unwrap(), expected);
        assert_eq!((sent.header("content-type"), sent.header("authorization")), ("application/json", ""));

        // The proof: RFC 9449 says what is in it, and the key that it names has signed it.
        let proof = sent.header("dpop");
        let header: Value = serde_json::from_slice(&part(proof, 0)).unwrap();
        let claims: Value = serde_json::from_slice(&part(proof, 1)).unwrap();
        let x = "fxfZCcAwYeLAKEPcKnucH4KqqYI85lKGU32DqvHOBh0";
        let y = "FKZhDFmYuZ-z8Kbc7BNdkDflenT0pk0uqKmaVdW38IE";
        let jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        assert_eq!(header, json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": jwk }));
        assert_eq!((claims["htm"].as_str(), claims["htu"].as_str()), (Some("POST"), Some(&*sent.uri.to_string())));
        assert!((claims["iat"].as_i64().unwrap() - DateTime::now().secs()).abs() < 60);
        assert_eq!((claims["jti"].as_str().unwrap().len(), claims.as_object().unwrap().len()), (36, 4));
        let point = [vec![4], URL_SAFE_NO_PAD.decode(x).unwrap(), URL_SAFE_NO_PAD.decode(y).unwrap()].concat();
        let signed = proof.rsplit_once('.').unwrap().0;
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(signed.as_bytes(), &part(proof, 2)).unwrap();

        // The file is what AWS's tools expect, whatever else is in it.
        let file = read(&path);
        let token = &file["accessToken"];
        assert_eq!((token["accessKeyId"].as_str(), token["accountId"].as_str()), (Some("AKNEW"), Some("123456789012")));
        let left = DateTime::parse(token["expiresAt"].as_str().unwrap()).unwrap().secs() - DateTime::now().secs();
        assert!((890..=900).contains(&left), "{left}");
        assert_eq!((&file["refreshToken"], &file["idToken"]), (&json!("s3cret-next"), &json!("s3cret-id")));
        assert_eq!(file["dpopKey"], key);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}

#[cfg(feature = "client")]
#[tokio::test]
async fn one_renewal_serves_all_that_wait() {
    let (home, _) = home(&sign_in(-10, KEYS[0]));
    let services = Services::new(renewing);
    let loads: Vec<_> = (0..20)
        .map(|_| {
            let (environment, services) = (home.environment(&[]), services.clone());
            tokio::spawn(async move { id(environment, &services).await })
        })
        .collect();
    for load in loads {
        assert_eq!(load.await.unwrap(), "AKNEW");
    }
    assert_eq!(services.sent().len(), 1, "a refresh token can be used once");
}

#[cfg(feature = "client")]
#[tokio::test]
async fn refusals_say_what_to_do() {
    for (error, says) in [
        ("TOKEN_EXPIRED", "run `aws login`"),
        ("USER_CREDENTIALS_CHANGED", "the password has changed since"),
        ("INSUFFICIENT_PERMISSIONS", "signin:CreateOAuth2Token"),
        ("INVALID_REQUEST", "CreateOAuth2Token: status 400: no"),
    ] {
        let body = json!({ "error": error, "message": "no" }).to_string();
        let services = Services::new(move |_| Some((400, body.clone())));
        let (expired, _) = home(&sign_in(-10, KEYS[0]));
        let error = id(expired.environment(&[]), &services).await;
        assert!(error.contains("the sign-in has expired") && error.contains(says), "{error}");
        assert_eq!(services.sent().len(), 1);
        // Credentials that are still good serve to their end.
        let (due, path) = home(&sign_in(60, KEYS[0]));
        assert_eq!(id(due.environment(&[]), &services).await, "AKOLD");
        assert_eq!(read(&path)["refreshToken"], "s3cret-refresh");
    }
}

/// Holds that a file is refused in words, without a request.
async fn refused(file: &Value, says: &str) {
    let (home, _) = home(file);
    let services = Services::none();
    let error = id(home.environment(&[]), &services).await;
    assert!(error.contains(says), "{file}: {error}");
    assert!(!error.contains(SECRET) && services.sent().is_empty(), "{error}");
}

#[tokio::test]
async fn files_that_are_none() {
    let mut keyless = sign_in(900, KEYS[0]);
    keyless["accessToken"].as_object_mut().unwrap().remove("secretAccessKey");
    refused(&json!([]), "the file of the sign-in has no accessKeyId").await;
    refused(&json!({}), "the file of the sign-in has no accessKeyId").await;
    refused(&keyless, "the file of the sign-in has no secretAccessKey").await;
}

/// ring signs what renews a sign-in, so only a crate with the feature `client` comes so far.
#[cfg(feature = "client")]
#[tokio::test]
async fn files_that_cannot_be_renewed() {
    let without = |name: &str| {
        let mut file = sign_in(-10, KEYS[0]);
        file.as_object_mut().unwrap().remove(name);
        file
    };
    for (file, says) in [
        (without("refreshToken"), "has no refreshToken"),
        (without("clientId"), "has no clientId"),
        (without("dpopKey"), "has no dpopKey"),
        (sign_in(-10, "s3cret!"), "dpopKey of the sign-in: the key is not PEM"),
        (sign_in(-10, "MHcCAQEEIHL"), "dpopKey of the sign-in"),
        (sign_in(-10, "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIHL/cgYEjXut\n"), "dpopKey of the sign-in"),
        (sign_in(-10, "-----BEGIN PRIVATE KEY-----\nMHcCAQEEIHL/cgYEjXut\n"), "dpopKey of the sign-in"),
    ] {
        refused(&file, says).await;
    }
}

#[cfg(feature = "client")]
#[tokio::test]
async fn where_the_service_is() {
    // botocore 1.44.8, asked for each.
    for (region, fips, dual, host) in [
        ("us-east-1", false, false, "us-east-1.signin.aws.amazon.com"),
        ("cn-north-1", false, false, "cn-north-1.signin.amazonaws.cn"),
        ("us-gov-west-1", false, false, "us-gov-west-1.signin.amazonaws-us-gov.com"),
        ("eusc-de-east-1", false, false, "signin.eusc-de-east-1.amazonaws.eu"),
        ("us-iso-east-1", false, false, "signin.us-iso-east-1.c2s.ic.gov"),
        ("us-east-1", true, false, "signin-fips.us-east-1.amazonaws.com"),
        ("us-gov-west-1", true, false, "signin-fips.us-gov-west-1.amazonaws.com"),
        ("us-east-1", false, true, "signin.us-east-1.api.aws"),
        ("us-gov-west-1", true, true, "signin-fips.us-gov-west-1.api.aws"),
        ("cn-north-1", false, true, "signin.cn-north-1.api.amazonwebservices.com.cn"),
    ] {
        let (home, _) = home(&sign_in(-10, KEYS[0]));
        let services = Services::new(renewing);
        let on = |on: bool| if on { "true" } else { "false" };
        let variables =
            [("AWS_REGION", region), ("AWS_USE_FIPS_ENDPOINT", on(fips)), ("AWS_USE_DUALSTACK_ENDPOINT", on(dual))];
        assert_eq!(id(home.environment(&variables), &services).await, "AKNEW");
        assert_eq!(services.only().uri.host(), Some(host));
    }
}
