//! Profiles: which file and which section counts, what is malformed, and that nothing read is shown.

use templates::runtime::environment::Environment;
use templates::runtime::profile::Profiles;

use crate::support::aws::Home;

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
}

/// The name under which a config file has a section with this header, and what it is a section of.
fn header(header: &str) -> Option<(&'static str, String)> {
    let home =
        Home::new(&format!("{header}\nregion = here\nsso_region = here\nconnect =\n  endpoint_url = here\n"), "");
    let names =
        ["default", "dev", "two words", "it's", "it's me", "dev]", "a\"b", "a\\b", "a b", "ab", "a]b", "my corp"];
    let profiles = load(&home, &[]).ok()?;
    for name in names {
        if profiles.get(name).is_some() {
            return Some(("profile", name.to_owned()));
        }
        if profiles.sso_session(name).is_some() {
            return Some(("sso-session", name.to_owned()));
        }
    }
    None
}

#[test]
fn headers_are_split_as_botocore_splits_them() {
    // botocore 1.44.8, `botocore.configloader.load_config`, asked for each.
    for (text, name) in [
        ("[default]", Some("default")),
        ("[profile dev]", Some("dev")),
        ("[profile\tdev]", Some("dev")),
        ("[profile dev] ; x", Some("dev")),
        ("[profile dev]]", Some("dev]")),
        ("[profile 'two words']", Some("two words")),
        ("[profile \"two words\"]", Some("two words")),
        ("[profile \"it's\"]", Some("it's")),
        // As `aws configure --profile "it's me"` writes it.
        ("[profile 'it'\"'\"'s me']", Some("it's me")),
        ("[profile it\\'s]", Some("it's")),
        ("[profile 'a]b']", Some("a]b")),
        ("[profile \"a\\\"b\"]", Some("a\"b")),
        ("[profile \"a\\b\"]", Some("a\\b")),
        ("[profile a\\ b]", Some("a b")),
        ("[profile 'a''b']", Some("ab")),
        ("[profile two words]", None),
        ("[profile it's]", None),
        ("[profile]", None),
        ("[profiledev]", None),
        ("[profile 'a' 'b']", None),
        ("[dev]", None),
        ("['dev']", None),
        ("['default']", None),
        ("[Profile dev]", None),
    ] {
        assert_eq!(header(text), name.map(|name| ("profile", name.to_owned())), "{text}");
    }
    assert_eq!(header("[sso-session 'my corp']"), Some(("sso-session", "my corp".to_owned())));
    // What botocore does not read: space within the brackets, and brackets in a comment.
    assert_eq!(header("[ profile dev ]"), Some(("profile", "dev".to_owned())));
    assert_eq!(header("[profile dev] # ]x]"), Some(("profile", "dev".to_owned())));
}

#[test]
fn names_in_the_credentials_file_are_not_quoted() {
    let home = Home::new("", "[it's me]\nregion = a\n['x']\nregion = b\n[profile x]\nregion = c\n");
    let profiles = load(&home, &[]).unwrap();
    for (name, region) in [("it's me", "a"), ("'x'", "b"), ("profile x", "c")] {
        assert_eq!(profiles.get(name).unwrap().get("region"), Some(region));
    }
}

#[test]
fn a_header_that_cannot_be_split_is_reported() {
    let home = Home::new("[default]\nregion = a\n\n[profile it's]\nregion = b\n", "[it's]\naws_access_key_id = AK\n");
    let profiles = load(&home, &[("AWS_PROFILE", "it's")]).unwrap();
    assert_eq!(profiles.selected().get("region"), None);
    let place = profiles.selected().place();
    assert!(place.contains("~/.aws/config (the header in line 4 is not a kind and a name, quoted as"), "{place}");
    let unquoted = Home::new("[profile two words]\n", "");
    let error = load(&unquoted, &[("AWS_PROFILE", "two words")]).unwrap_err();
    assert!(error.contains("no profile \"two words\"") && error.contains("header in line 1 "), "{error}");
    let error = load(&Home::new("[dev]\nregion = a\n", ""), &[("AWS_PROFILE", "dev")]).unwrap_err();
    assert!(error.contains("the section [dev] of the config file has to be [profile dev]"), "{error}");
}

#[test]
fn a_default_path_that_cannot_be_read_counts_as_absent() {
    let home = Home::new("", "[default]\nregion = a\n");
    std::fs::create_dir(home.0.join(".aws/config")).unwrap();
    let profiles = load(&home, &[]).unwrap();
    assert_eq!(profiles.selected().get("region"), Some("a"), "the other file counts");
    assert!(profiles.files().contains("~/.aws/config (cannot be read: "), "{}", profiles.files());
    let error = load(&home, &[("AWS_PROFILE", "dev")]).unwrap_err();
    assert!(error.contains("no profile \"dev\"") && error.contains("cannot be read: "), "{error}");

    let is_a_file = Home::new("", "");
    std::fs::remove_dir(is_a_file.0.join(".aws")).unwrap();
    std::fs::write(is_a_file.0.join(".aws"), "").unwrap();
    for environment in [is_a_file.environment(&[]), crate::support::aws::environment_at(None, &[("HOME", "/dev/null")])]
    {
        let profiles = Profiles::load(&environment, None).unwrap();
        assert!(profiles.files().contains("~/.aws/credentials (cannot be read: "), "{}", profiles.files());
    }
}

#[test]
fn a_path_of_a_variable_has_to_be_readable() {
    let home = Home::new("", "");
    for (variable, name) in [("AWS_CONFIG_FILE", "config"), ("AWS_SHARED_CREDENTIALS_FILE", "credentials")] {
        let error = load(&home, &[(variable, home.0.to_str().unwrap())]).unwrap_err();
        assert!(error.contains(&format!("(of {variable}) cannot be read: ")), "{error}");
        let profiles = load(&home, &[(variable, "/gone")]).unwrap();
        assert!(profiles.files().contains("/gone (no such file)"), "{name}: {}", profiles.files());
    }
}

#[test]
fn variables_in_a_path_are_expanded_as_botocore_expands_them() {
    // Python 3.11, `os.path.expanduser(os.path.expandvars(…))`, which botocore 1.44.8 calls.
    let home = Home::new("", "");
    home.write("x/mine", "[default]\nregion = mine\n");
    let sub = [("SUB", "x"), ("TILDE", "~")];
    for path in
        ["$HOME/x/mine", "${HOME}/x/mine", "$HOME/$SUB/mine", "${HOME}/${SUB}/mine", "~/$SUB/mine", "$TILDE/x/mine"]
    {
        for variable in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
            let profiles = load(&home, &[sub[0], sub[1], (variable, path)]).unwrap();
            assert_eq!(profiles.selected().get("region"), Some("mine"), "{path}");
        }
    }
    // What is not set stays as it is, and so does what is no name.
    for (index, path) in ["$GONE/x", "${GONE}/x", "$/x", "${}/x", "${SUB/x", "$", "a$"].into_iter().enumerate() {
        let profiles = load(&home, &[sub[0], ("AWS_CONFIG_FILE", path)]).unwrap();
        assert!(profiles.files().contains(&format!("{path} (no such file)")), "{path}");
        home.write(&format!("{index}/{path}"), "[default]\nregion = literal\n");
        let there = format!("~/{index}/{path}");
        let profiles = load(&home, &[sub[0], ("AWS_CONFIG_FILE", &there)]).unwrap();
        assert_eq!(profiles.selected().get("region"), Some("literal"), "{path}");
    }
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
