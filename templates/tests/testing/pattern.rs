//! Patterns of models, held against texts.

use templates::runtime::testing::service::Pattern;

#[track_caller]
fn expect(pattern: &str, matching: &[&str], others: &[&str]) {
    let compiled = Pattern::new(pattern).unwrap_or_else(|| panic!("{pattern:?} is no pattern"));
    for text in matching {
        assert!(compiled.is_match(text), "{pattern:?} does not match {text:?}");
    }
    for text in others {
        assert!(!compiled.is_match(text), "{pattern:?} matches {text:?}");
    }
}

#[test]
fn a_pattern_matches_a_part_of_a_text_unless_it_says_otherwise() {
    expect("b+", &["abbc", "b"], &["ac", ""]);
    expect("^b+$", &["b", "bbb"], &["abbc", ""]);
    expect(r"\+[1-9]\d{1,14}$", &["+15551234567"], &["+0", "15551234567", "+1"]);
}

#[test]
fn classes_have_ranges_sets_and_hyphens() {
    expect("^[a-c-]$", &["a", "-"], &["d"]);
    expect(r"^[\da-f]+$", &["0af"], &["g"]);
    expect(r"^[^\p{C}]*$", &["text", ""], &["\u{7}", "a\u{200b}"]);
    expect(r"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$", &["Zoë 2", "\u{4e2d}"], &["a;b"]);
    expect(r"^[a-zA-Z0-9-_]+$", &["a-_"], &["."]);
    expect(r"^[\u0009\u0020-\u007E]+$", &["a b\t"], &["\u{e9}"]);
}

#[test]
fn assertions_look_ahead() {
    expect("^(?!aws:)[a-z:]+$", &["team", "my:aws:"], &["aws:x"]);
    expect(r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z\d\S]{8,64}$", &["Passw0rd"], &["password1", "Short1"]);
}

#[test]
fn choices_and_groups_repeat() {
    expect("^(?:ab|c){2,3}$", &["abc", "ccc", "abab"], &["c", "cccc"]);
    expect("^(x|)$", &["x", ""], &["y"]);
    expect("^a{2}b{0,1}c*?$", &["aa", "aabcc"], &["abc"]);
    // Braces that count nothing stand for themselves.
    expect("^a{b}$", &["a{b}"], &["ab"]);
}

#[test]
fn what_is_not_supported_is_no_pattern() {
    for pattern in ["(?<=a)b", r"(a)\1", "(", "[", "*a", r"\p{Greek}", "(((a{1000}){1000}){1000})"] {
        assert!(Pattern::new(pattern).is_none(), "{pattern:?}");
    }
}

#[test]
fn no_text_takes_more_time_than_its_length() {
    // By backtracking this would take longer than the universe is old.
    let pattern = Pattern::new("^(a+)+$").unwrap();
    assert!(!pattern.is_match(&format!("{}b", "a".repeat(10_000))));
}

#[test]
fn a_sample_matches_its_pattern() {
    let mut seed = 7_usize;
    let mut choose = |of: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % of
    };
    for pattern in ["^arn:[a-z-]*?:x:[0-9]{12}:y/[a-f0-9]{8}(?:/[a-f0-9]{2}){0,2}$", r"\d{4}-\d{2}", "^(a|b|[^c])+$"] {
        let compiled = Pattern::new(pattern).unwrap();
        for _ in 0..50 {
            let text = compiled.sample(&mut choose);
            assert!(compiled.is_match(&text), "{pattern:?} {text:?}");
        }
    }
}
