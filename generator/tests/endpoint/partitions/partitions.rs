use crate::runtime::__private::endpoint::{Partition, Partitions, Segment};

/// The partitions of AWS, with the DNS suffixes of their endpoints.
pub const PARTITIONS: &Partitions = &Partitions {
    first: Partition {
        name: "aws",
        dns_suffix: "amazonaws.com",
        dual_stack_dns_suffix: "api.aws",
        implicit_global_region: "us-east-1",
        supports_fips: true,
        supports_dual_stack: true,
        pattern: &[Segment::Is(&["us", "eu", "ap"]), Segment::Word, Segment::Number],
        regions: &["aws-global"],
    },
    others: &[
        Partition {
            name: "aws-eusc",
            dns_suffix: "amazonaws.eu",
            dual_stack_dns_suffix: "api.amazonwebservices.eu",
            implicit_global_region: "eusc-de-east-1",
            supports_fips: false,
            supports_dual_stack: true,
            pattern: &[
                Segment::Is(&["eusc"]),
                Segment::Is(&["de"]),
                Segment::Word,
                Segment::Number,
            ],
            regions: &[],
        },
        Partition {
            name: "aws-iso",
            dns_suffix: "c2s.ic.gov",
            dual_stack_dns_suffix: "api.aws.ic.gov",
            implicit_global_region: "us-iso-east-1",
            supports_fips: true,
            supports_dual_stack: false,
            pattern: &[
                Segment::Is(&["us"]),
                Segment::Is(&["iso"]),
                Segment::Word,
                Segment::Number,
            ],
            regions: &["aws-iso-global"],
        },
    ],
};
