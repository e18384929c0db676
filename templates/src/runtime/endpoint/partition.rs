//! Partitions: groups of regions with common DNS suffixes (`aws.partition`).

/// A group of regions that share their DNS suffixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    /// The name, as in ARNs.
    pub name: &'static str,
    /// The DNS suffix of endpoints.
    pub dns_suffix: &'static str,
    /// The DNS suffix of endpoints that answer over IPv6 as well.
    pub dual_stack_dns_suffix: &'static str,
    /// The region that requests to endpoints without a region are signed for.
    pub implicit_global_region: &'static str,
    /// Whether there are FIPS 140 validated endpoints.
    pub supports_fips: bool,
    /// Whether there are endpoints that answer over IPv6 as well.
    pub supports_dual_stack: bool,
    /// The form of regions' names, segment by segment between their hyphens. By it, a region that opened after this table was
    /// made belongs to a partition.
    pub pattern: &'static [Segment],
    /// The regions that look otherwise.
    pub regions: &'static [&'static str],
}

impl Partition {
    /// Whether a region belongs to this partition.
    #[must_use]
    pub fn has(&self, region: &str) -> bool {
        let mut segments = region.split('-');
        let matches =
            self.pattern.iter().all(|pattern| segments.next().is_some_and(|segment| pattern.matches(segment)));
        (matches && segments.next().is_none()) || self.regions.contains(&region)
    }
}

/// The form of a segment of a region's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// One of these.
    Is(&'static [&'static str]),
    /// Letters, digits and underscores, at least one (`\w+`).
    Word,
    /// Digits, at least one (`\d+`).
    Number,
}

impl Segment {
    fn matches(self, segment: &str) -> bool {
        match self {
            Self::Is(texts) => texts.contains(&segment),
            Self::Word => !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
            Self::Number => !segment.is_empty() && segment.bytes().all(|b| b.is_ascii_digit()),
        }
    }
}

/// The partitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partitions {
    /// The one that unknown regions are taken to belong to.
    pub first: Partition,
    /// The others, in the order in which they are asked.
    pub others: &'static [Partition],
}

impl Partitions {
    /// The partition of a region.
    #[must_use]
    pub fn of(&'static self, region: &str) -> &'static Partition {
        if self.first.has(region) {
            return &self.first;
        }
        self.others.iter().find(|partition| partition.has(region)).unwrap_or(&self.first)
    }
}
