//! Host labels: strings that can be part of a host name (`isValidHostLabel`, `aws.isVirtualHostableS3Bucket`).

/// Whether a value is a label of a host name (RFC 1123), or, with `allow_subdomains`, several joined by dots.
#[must_use]
pub fn is_valid_host_label(value: &str, allow_subdomains: bool) -> bool {
    if allow_subdomains { value.split('.').all(is_label) } else { is_label(value) }
}

fn is_label(value: &str) -> bool {
    (1..=63).contains(&value.len())
        && value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !value.starts_with('-')
        && !value.ends_with('-')
}

/// Whether a value is a bucket name that can stand in a host name.
#[must_use]
pub fn is_virtual_hostable_s3_bucket(value: &str, allow_subdomains: bool) -> bool {
    value.len() >= 3
        && !value.bytes().any(|b| b.is_ascii_uppercase())
        && !is_ipv4(value)
        && is_valid_host_label(value, allow_subdomains)
}

/// Whether a value looks like an IPv4 address: four numbers of one to three digits, of whatever size.
pub(super) fn is_ipv4(value: &str) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    value.split('.').count() == 4 && value.split('.').all(number)
}
