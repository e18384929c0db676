//! ARNs and their parts (`aws.parseArn`).

/// An Amazon resource name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arn<'a> {
    /// The partition.
    pub partition: &'a str,
    /// The service.
    pub service: &'a str,
    /// The region; empty for a global resource.
    pub region: &'a str,
    /// The account; empty for a resource that belongs to none.
    pub account_id: &'a str,
    /// The rest, in one piece.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The `index`th part of the resource, whose parts stand between colons and slashes.
    #[must_use]
    pub fn resource_id(&self, index: usize) -> Option<&'a str> {
        self.resource.split([':', '/']).nth(index)
    }
}

/// The parts of an ARN; `None` where the string is none, or lacks partition, service or resource.
#[must_use]
pub fn parse_arn(value: &str) -> Option<Arn<'_>> {
    let mut parts = value.strip_prefix("arn:")?.splitn(5, ':');
    let mut part = || parts.next();
    let arn = Arn { partition: part()?, service: part()?, region: part()?, account_id: part()?, resource: part()? };
    let complete = !arn.partition.is_empty() && !arn.service.is_empty() && !arn.resource.is_empty();
    complete.then_some(arn)
}
