//! Profiles: which file and which section counts, what is malformed, and that nothing read is shown.

use crate::support::aws::Home;
use templates::runtime::environment::Environment;
use templates::runtime::profile::Profiles;

fn load(home: &Home, variables: &[(&'static str, &str)]) -> Result<Profiles, String> {
    Profiles::load(&home.environment(variables), None).map_err(|error| error.to_string())
}

#[test]
fn default_profile_and_named_ones() {
    let home = Home::new(
        "[default]\nregion = us-east-1\n[profile dev]\nREGION=eu-west-1 # home\n[profile \"two words\"]\nregion = r\n[dev]\nregion = ignored\n",
        "[default]\naws_access_key_id = AKID\n[only here]\nregion = x\n",
    );
    let profiles = load(&home, &[]).unwrap();
    assert_eq!(profiles.selected().name(), "default");
    assert_eq!(profiles.selected().get("region"), Some("us-east-1"));
    assert_eq!(profiles.selected().get("aws_access_key_id"), Some("AKID"));
    assert_eq!(profiles.selected().get("nothing"), None);
    let dev = load(&home, &[("AWS_PROFILE", "dev"), ("AWS_DEFAULT_PROFILE", "default")]).unwrap();
    assert_eq!(dev.selected().get("region"), Some("eu-west-1"));
    assert_eq!(dev.get("two words").unwrap().get("region"), Some("r"));
    let chosen = Profiles::load(&home.environment(&[("AWS_PROFILE", "default")]), Some("dev")).unwrap();
    assert_eq!(chosen.selected().get("region"), Some("eu-west-1"));
    assert_eq!(load(&home, &[("AWS_DEFAULT_PROFILE", "only here")]).unwrap().selected().get("region"), Some("x"));
}

#[test]
fn prefixed_default_goes_first_and_the_credentials_file_before_the_config_file() {
    let home = Home::new(
        "[default]\nregion = a\n[profile default]\nregion = b\noutput = json\n[profile both]\nregion = c\n",
        "[both]\nregion = d\n[profile ignored]\nregion = e\n",
    );
    let profiles = load(&home, &[]).unwrap();
    assert_eq!(profiles.selected().get("region"), Some("b"));
    assert_eq!(profiles.get("both").unwrap().get("region"), Some("d"));
    assert!(profiles.get("ignored").is_none());
}

#[test]
fn files_of_another_name() {
    let home = Home::new("[default]\nregion = unused\n", "");
    std::fs::write(home.0.join("mine"), "\u{feff}[default]\r\nregion = us-west-2\r\n").unwrap();
    let there = load(&home, &[("AWS_CONFIG_FILE", "~/mine")]).unwrap();
    assert_eq!(there.selected().get("region"), Some("us-west-2"));
    let absolute = home.0.join("mine");
    let there = load(&home, &[("AWS_CONFIG_FILE", absolute.to_str().unwrap())]).unwrap();
    assert_eq!(there.selected().get("region"), Some("us-west-2"));
}

#[test]
fn nothing_there_is_no_error_but_a_chosen_profile_has_to_exist() {
    let home = Home::new("", "");
    let profiles = load(&home, &[]).unwrap();
    assert_eq!(profiles.selected().get("region"), None);
    assert!(profiles.selected().place().contains("~/.aws/config (no such file)"));
    let message = load(&home, &[("AWS_PROFILE", "dev")]).unwrap_err();
    assert!(message.contains("\"dev\"") && message.contains("~/.aws/credentials (no such file)"), "{message}");
    let nowhere = Profiles::load(&Environment::none(), None).unwrap();
    assert!(nowhere.files().contains("HOME is not set"));
}

#[test]
fn values_over_several_lines_and_comments() {
    let home = Home::new(
        "# a comment\n; another\n\n  # and one more\n[default] ; here too\n  region = a#b ;c\n  output = json\ns3 =\n  addressing_style = path\n  # between\n  use = x\n\
         credential_process = run \"a ; b\" #c\nempty =\nregion: us-east-1\n",
        "",
    );
    let profiles = load(&home, &[]).unwrap();
    let profile = profiles.selected();
    assert_eq!(profile.get("region"), Some("us-east-1"), "the last one counts");
    assert_eq!(profile.get("output"), Some("json"));
    assert_eq!(profile.get("s3"), Some("\naddressing_style = path\nuse = x"));
    assert_eq!(profile.verbatim("credential_process"), Some("run \"a ; b\" #c"));
    assert_eq!(profile.get("empty"), None);
}

#[test]
fn endpoint_of_a_service() {
    let home = Home::new(
        "[default]\nservices = local\nendpoint_url = http://all\n[services local]\nconnect =\n  endpoint_url = http://connect # x\n\
         s3 =\n  addressing_style = path\nbedrock_agent =\n  endpoint_url = http://agent\n[profile other]\nendpoint_url = http://other\nservices = gone\n",
        "",
    );
    let profiles = load(&home, &[]).unwrap();
    let profile = profiles.selected();
    assert_eq!(profile.endpoint_url("Connect"), Some("http://connect"));
    assert_eq!(profile.endpoint_url("Bedrock Agent"), Some("http://agent"));
    assert_eq!(profile.endpoint_url("S3"), Some("http://all"));
    assert_eq!(profile.endpoint_url("STS"), Some("http://all"));
    assert_eq!(profiles.get("other").unwrap().endpoint_url("Connect"), Some("http://other"));
}

#[test]
fn sso_session() {
    let home = Home::new("[sso-session corp]\nsso_region = us-east-1\n[profile a]\nsso_session = corp\n", "");
    let profiles = load(&home, &[]).unwrap();
    assert_eq!(profiles.sso_session("corp").unwrap().get("sso_region"), Some("us-east-1"));
    assert!(profiles.sso_session("other").is_none());
}

#[test]
fn malformed_files_name_the_line_and_not_what_it_says() {
    for (text, line) in [
        ("aws_secret_access_key = s3cret\n", 1),
        ("[default]\ns3cret\n", 2),
        ("[default\nregion = s3cret\n", 1),
        ("[default]\n= s3cret\n", 2),
        ("\n  s3cret = x\n", 2),
    ] {
        let message = load(&Home::new("", text), &[]).unwrap_err();
        assert!(message.contains("~/.aws/credentials") && message.contains(&format!("line {line} ")), "{message}");
        assert!(!message.contains("s3cret"), "{message}");
    }
    let home = Home::new("", "");
    std::fs::write(home.0.join(".aws/config"), b"[default]\nregion = \xff\n").unwrap();
    assert!(load(&home, &[]).unwrap_err().contains("not UTF-8"));
    std::fs::remove_file(home.0.join(".aws/config")).unwrap();
    std::fs::create_dir(home.0.join(".aws/config")).unwrap();
    assert!(load(&home, &[]).unwrap_err().contains("cannot be read"));
}

#[test]
fn any_bytes_are_read_or_refused() {
    let pieces = ["[", "]", "=", "\n", " ", "a", "profile", "\t", "#", ";", "é", "\"", "'", "\\", "\u{feff}", ":"];
    let mut state = 1_u64;
    let home = Home::new("", "");
    for _ in 0..300 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
        }
        home.write(".aws/config", &text);
        if let Ok(profiles) = load(&home, &[]) {
            let _ = (profiles.selected().get("a"), profiles.selected().endpoint_url("a"));
        }
    }
}

#[test]
fn debug_shows_no_value() {
    let home = Home::new("", "[default]\naws_secret_access_key = s3cret\n");
    let profiles = load(&home, &[]).unwrap();
    let shown = format!("{profiles:?} {:?}", profiles.selected());
    assert!(!shown.contains("s3cret"), "{shown}");
}
