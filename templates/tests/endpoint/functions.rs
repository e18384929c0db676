//! The functions of the rules engine that the runtime has, case by case.

use templates::runtime::endpoint::{
    AuthScheme, Endpoint, Param, Params, Partition, Partitions, Scheme, Segment, is_valid_host_label,
    is_virtual_hostable_s3_bucket, ite, parse_arn, parse_url, refuse, split, substring, uri_encode,
};

#[test]
fn urls() {
    // URL; scheme, authority, path, normalized path, whether the host is an address.
    let valid = [
        ("https://example.com", "https", "example.com", "", "/", false),
        ("https://example.com/", "https", "example.com", "/", "/", false),
        ("http://example.com:80/foo/bar", "http", "example.com:80", "/foo/bar", "/foo/bar/", false),
        ("https://example.com:8443/foo/", "https", "example.com:8443", "/foo/", "/foo/", false),
        ("HTTPS://example.com", "https", "example.com", "", "/", false),
        ("https://example.com?", "https", "example.com", "", "/", false),
        ("https://example.com:/", "https", "example.com:", "/", "/", false),
        ("https://example.com/a/./b//../c", "https", "example.com", "/a/./b//../c", "/a/c/", false),
        ("https://example.com/../..", "https", "example.com", "/../..", "/", false),
        ("https://example.com/a%20é", "https", "example.com", "/a%20é", "/a%2520%C3%A9/", false),
        ("http://99_ab-.com", "http", "99_ab-.com", "", "/", false),
        ("https://999.999.abc.blah", "https", "999.999.abc.blah", "", "/", false),
        ("https://127.0.0.1", "https", "127.0.0.1", "", "/", true),
        ("http://192.168.1.1:1234/foo/", "http", "192.168.1.1:1234", "/foo/", "/foo/", true),
        ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
        ("https://[fe80::1%25en0]:443/x", "https", "[fe80::1%25en0]:443", "/x", "/x/", true),
    ];
    for (text, scheme, authority, path, normalized, is_ip) in valid {
        let url = parse_url(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((url.scheme, url.authority, url.path, url.is_ip), (scheme, authority, path, is_ip), "{text}");
        assert_eq!(url.normalized_path(), normalized, "{text}");
    }
    let invalid = [
        "",
        "example.com",
        "https:example.com",
        "https:/example.com",
        "https://",
        "https:///path",
        "https://:443",
        "ftp://example.com",
        "acbd://example.com",
        "https://example.com?foo=bar",
        "https://example.com:8443?foo=bar",
        "https://example.com/a?b",
        "https://example.com#a",
        "https://user@example.com",
        "https://user:pass@example.com",
        "http://abc.com:a/foo",
        "http://abc.com:65536",
        "http://abc.com:-1",
        "http://abc.com:1:2",
        "https://[fe80::1",
        "https://[fe80::1]x",
        "https://[fe80::1]:x",
        "https://[127.0.0.1]",
        "https://fe80::1",
        "https://exa mple.com",
        "https://example.com/a b",
        " https://example.com",
        "https://example.com\r\n",
        "https://a\\b",
        "https://a%2fb",
    ];
    for text in invalid {
        assert_eq!(parse_url(text), None, "{text:?}");
    }
}

#[test]
fn arns() {
    let parts =
        |text| parse_arn(text).map(|arn| (arn.partition, arn.service, arn.region, arn.account_id, arn.resource));
    let topic = "arn:aws:sns:us-west-2:012345678910:example-sns-topic-name";
    assert_eq!(parts(topic), Some(("aws", "sns", "us-west-2", "012345678910", "example-sns-topic-name")));
    assert_eq!(parts("arn:aws:s3:::bucket_name"), Some(("aws", "s3", "", "", "bucket_name")));
    assert_eq!(parts("arn:aws:iam::1:user/johndoe"), Some(("aws", "iam", "", "1", "user/johndoe")));
    assert_eq!(parts("arn:aws:a:b:c:d:e:f"), Some(("aws", "a", "b", "c", "d:e:f")));
    let invalid = [
        "",
        "arn",
        "arn:",
        "arn:aws",
        "arn:aws:a:b:c",
        "arn::a:b:c:d",
        "arn:aws::b:c:d",
        "arn:aws:a:b:c:",
        ":aws:a:b:c:d",
        "ARN:aws:a:b:c:d",
        "xarn:aws:a:b:c:d",
        "11111111-2222-3333-4444-555555555555",
    ];
    for text in invalid {
        assert_eq!(parse_arn(text), None, "{text}");
    }
}

#[test]
fn parts_of_a_resource() {
    let parts = |text| {
        let arn = parse_arn(text).unwrap_or_else(|| panic!("{text}"));
        (0..).map_while(|index| arn.resource_id(index)).collect::<Vec<_>>()
    };
    assert_eq!(parts("arn:aws:ec2:us-east-1:1:vpc/vpc-0e9801d129EXAMPLE"), ["vpc", "vpc-0e9801d129EXAMPLE"]);
    assert_eq!(parts("arn:aws:s3:::a:b/c"), ["a", "b", "c"]);
    assert_eq!(parts("arn:aws:s3:::a//b:"), ["a", "", "b", ""]);
    assert_eq!(parts("arn:aws:s3:::/"), ["", ""]);
}

#[test]
fn host_labels() {
    let longest = "a".repeat(63);
    for text in ["a", "A", "0", "a-b", "a--b", "us-east-1", &longest] {
        assert!(is_valid_host_label(text, false) && is_valid_host_label(text, true), "{text}");
    }
    for text in ["a.b", "a.b-c.d", &format!("{longest}.{longest}")] {
        assert!(!is_valid_host_label(text, false) && is_valid_host_label(text, true), "{text}");
    }
    let too_long = "a".repeat(64);
    for text in
        ["", "-", "-a", "a-", ".", "a.", ".a", "a..b", "a.-b", "a_b", "a b", "a/b", "a@b", "é", "a\n", &too_long]
    {
        assert!(!is_valid_host_label(text, false) && !is_valid_host_label(text, true), "{text:?}");
    }
}

#[test]
fn buckets() {
    for text in ["abc", "a-c", "123", "a--b--x-s3"] {
        assert!(is_virtual_hostable_s3_bucket(text, false) && is_virtual_hostable_s3_bucket(text, true), "{text}");
    }
    for text in ["a.b", "my.bucket.name", "1.2.3"] {
        assert!(!is_virtual_hostable_s3_bucket(text, false) && is_virtual_hostable_s3_bucket(text, true), "{text}");
    }
    for text in ["", "ab", "aBc", "192.168.1.1", "999.1.1.1", "a..b", "-abc", "abc-", "a_b", "a.-b", &"a".repeat(64)] {
        assert!(!is_virtual_hostable_s3_bucket(text, false) && !is_virtual_hostable_s3_bucket(text, true), "{text}");
    }
}

#[test]
fn substrings() {
    // Value, start, end, whether counted from the end; the part.
    let cases = [
        ("abcdefg", 0, 4, false, Some("abcd")),
        ("abcdefg", 0, 4, true, Some("defg")),
        ("abcdefg", 1, 3, false, Some("bc")),
        ("abcdefg", 1, 3, true, Some("ef")),
        ("abcd", 0, 4, false, Some("abcd")),
        ("abcd", 0, 4, true, Some("abcd")),
        ("abc", 0, 4, false, None),
        ("abc", 0, 4, true, None),
        ("abc", 3, 4, false, None),
        ("abc", 3, 4, true, None),
        ("abc", 1, 1, false, None),
        ("abc", 2, 1, false, None),
        ("abc", 2, 1, true, None),
        ("", 0, 1, false, None),
        ("", 0, 0, true, None),
        ("ab\u{7f}", 0, 3, false, Some("ab\u{7f}")),
        ("ab\u{80}", 0, 2, false, None),
        ("abc🐱", 0, 3, true, None),
        ("abc", usize::MAX, 0, true, None),
        ("abc", 0, usize::MAX, true, None),
    ];
    for (value, start, end, reverse, part) in cases {
        assert_eq!(substring(value, start, end, reverse), part, "{value} {start} {end} {reverse}");
    }
}

#[test]
fn splits() {
    let cases: &[(&str, &str, usize, &[&str])] = &[
        ("a--b--c", "--", 0, &["a", "b", "c"]),
        ("", "--", 0, &[""]),
        ("no-delimiter", "--", 0, &["no-delimiter"]),
        ("--both--", "--", 0, &["", "both", ""]),
        ("----", "--", 0, &["", "", ""]),
        ("aaa", "aa", 0, &["", "a"]),
        ("a--b--c", "--", 1, &["a--b--c"]),
        ("--x-s3--azid", "--", 2, &["", "x-s3--azid"]),
        ("a--b--c--d", "--", 3, &["a", "b", "c--d"]),
        ("a--b", "--", 9, &["a", "b"]),
        ("a🌟b", "🌟", 0, &["a", "b"]),
        ("a.*b", ".*", 0, &["a", "b"]),
        ("ab", "", 0, &["ab"]),
    ];
    for (value, delimiter, limit, parts) in cases {
        assert_eq!(split(value, delimiter, *limit), *parts, "{value} {delimiter} {limit}");
    }
}

#[test]
fn encoding() {
    let unreserved = "ABCXYZabcxyz0189-_.~";
    assert_eq!(uri_encode(unreserved), unreserved);
    assert_eq!(uri_encode("/:,?#[]{}|@! $&"), "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26");
    assert_eq!(uri_encode("'()*+;=%<>\"^`\\"), "%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C");
    assert_eq!(uri_encode("é🐱\n\0"), "%C3%A9%F0%9F%90%B1%0A%00");
    assert_eq!(uri_encode(""), "");
}

#[test]
fn choice() {
    assert_eq!((ite(true, 1, 2), ite(false, 1, 2)), (1, 2));
}

#[test]
fn regions_and_partitions() {
    const fn partition(name: &'static str, pattern: &'static [Segment], regions: &'static [&'static str]) -> Partition {
        Partition {
            name,
            dns_suffix: "",
            dual_stack_dns_suffix: "",
            implicit_global_region: "",
            supports_fips: true,
            supports_dual_stack: true,
            pattern,
            regions,
        }
    }
    static TABLE: Partitions = Partitions {
        first: partition("first", &[Segment::Is(&["us", "eu"]), Segment::Word, Segment::Number], &["a-global"]),
        others: &[
            partition("iso", &[Segment::Is(&["us"]), Segment::Is(&["iso"]), Segment::Word, Segment::Number], &[]),
            partition("list", &[], &["us-east-1", "x"]),
        ],
    };
    // What Python's `re` says of `^(us|eu)\-\w+\-\d+$` and `^us\-iso\-\w+\-\d+$`.
    let cases = [
        ("us-east-1", "first"),
        ("eu-a_b9-007", "first"),
        ("a-global", "first"),
        ("us-iso-east-1", "iso"),
        ("us-iso-1", "first"),
        ("x", "list"),
    ];
    for (region, name) in cases {
        assert_eq!(TABLE.of(region).name, name, "{region}");
        assert!(TABLE.of(region).has(region), "{region}");
    }
    for region in [
        "",
        "-",
        "--",
        "us",
        "us-east",
        "us-east-",
        "us--1",
        "us-east-1a",
        "us-east-x",
        "us-east-1-",
        "us-east-1-1",
        "eu-iso-east-1",
        "US-east-1",
        "use-east-1",
        "us-é-1",
        "us-east-१",
        "us-iso-gov-east-1",
        "us-east-1\n",
        "aws-global",
        "us-iso-e.st-1",
    ] {
        assert_eq!(TABLE.of(region).name, "first", "{region}");
        assert!(!TABLE.of(region).has(region), "{region}");
    }
}

#[test]
fn parameters_by_name_and_type() {
    let list = ["a", "b"];
    let others = [("S", Param::String("s")), ("B", Param::Boolean(true)), ("L", Param::Strings(&list))];
    let params = Params { others: &others, ..Params::default() };
    assert_eq!((params.string("S"), params.string("B"), params.string("s")), (Some("s"), None, None));
    assert_eq!((params.boolean("B"), params.boolean("L")), (Some(true), None));
    assert_eq!((params.strings("L"), params.strings("S")), (Some(&list[..]), None));
}

#[test]
fn a_region_is_a_host_label() {
    let region = |region| Params { region, ..Params::default() }.region();
    assert_eq!(region(None), Ok(None));
    assert_eq!(region(Some("us-east-1")), Ok(Some("us-east-1")));
    for text in ["", "evil.example/", "us-east-1.evil.example", "us-east-1@evil", "us east", "us-east-1#", "-"] {
        assert!(region(Some(text)).is_err(), "{text:?}");
    }
}

#[test]
fn what_errors_say() {
    let text = |params: &Params<'_>| refuse(params, "nothing").expect_err("an error").to_string();
    assert_eq!(text(&Params::default()), "no endpoint: nothing (no region, FIPS off, dual stack off)");
    let params = Params { region: Some("a\"\n"), use_fips: true, endpoint: Some("https://x"), ..Params::default() };
    assert_eq!(text(&params), r#"no endpoint: nothing (region "a\"\n", FIPS on, dual stack off, custom endpoint)"#);
}

#[test]
fn endpoints_and_auth_schemes() {
    assert_eq!(Endpoint::new("https://x//").url, "https://x");
    assert_eq!(Endpoint::at(["https://", "x", "/"]), Endpoint::new("https://x"));
    let plain = Endpoint::new("https://x");
    assert_eq!((plain.signing_name(), plain.signing_region(), plain.needs_sigv4a()), (None, None, false));
    let multi = plain.auth_scheme(AuthScheme::new(Scheme::SigV4A).signing_name("a").signing_region_set(&["*"]));
    assert_eq!((multi.signing_name(), multi.signing_region(), multi.needs_sigv4a()), (None, None, true));
    let both = multi.auth_scheme(AuthScheme::new(Scheme::SigV4).signing_name("b").signing_region("r"));
    assert_eq!((both.signing_name(), both.signing_region(), both.needs_sigv4a()), (Some("b"), Some("r"), false));
}
