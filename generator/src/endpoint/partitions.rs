//! Partitions of AWS: the reader of `partitions.json`, and the items of `src/partitions.rs`, which are the table as a constant.
//!
//! Upstream describes a partition's regions twice, as a regular expression and as a list. No regular expression is run
//! in a call: the few forms upstream uses become a list of segments, and of the listed regions only those stay that do
//! not have that form (`aws-global`).

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::Diagnostics;
use crate::json::{self, Json, Node, Reader};

/// The table of partitions.
#[derive(Debug, Clone)]
pub struct Partitions {
    /// The file it was read from.
    pub file: String,
    /// The one that unknown regions are taken to belong to.
    first: Partition,
    others: Vec<Partition>,
}

impl Partitions {
    /// Reads the text of `partitions.json`.
    ///
    /// # Errors
    /// Everything in the file that is malformed or unsupported, each with its JSON path.
    pub fn read(file: &str, text: &str) -> Result<Self, Diagnostics> {
        let json = json::parse_file(file, text)?;
        let mut reader = Reader::new(file);
        let mut partitions = reader.fields(&Node::root(&json), |fields| {
            fields.required("version", |reader, node| reader.one_of(node, &[("1.1", ())]));
            fields.required("partitions", read_partitions)
        });
        let others = partitions.split_off(partitions.len().min(1));
        // An empty table was noted.
        let first = partitions.pop().unwrap_or_default();
        reader.finish(Self { file: file.to_owned(), first, others })
    }

    /// The items of `src/partitions.rs`: imports and `pub const PARTITIONS`.
    #[must_use]
    pub fn items(&self) -> TokenStream {
        let (first, others) = (partition(&self.first), self.others.iter().map(partition));
        quote! {
            use crate::runtime::__private::endpoint::{Partition, Partitions, Segment};

            /// The partitions of AWS, with the DNS suffixes of their endpoints.
            pub const PARTITIONS: &Partitions = &Partitions {
                first: #first,
                others: &[#(#others),*],
            };
        }
    }
}

/// A partition.
#[derive(Debug, Clone, Default)]
struct Partition {
    name: String,
    outputs: Outputs,
    pattern: Vec<Segment>,
    regions: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct Outputs {
    dns_suffix: String,
    dual_stack_dns_suffix: String,
    implicit_global_region: String,
    supports_fips: bool,
    supports_dual_stack: bool,
}

/// The text that stands between two hyphens of a region's name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// `aws` or `(us|eu)`
    Is(Vec<String>),
    /// `\w+`
    Word,
    /// `\d+`
    Number,
}

fn read_partitions(reader: &mut Reader<'_>, node: &Node<'_>) -> Vec<Partition> {
    let mut places = BTreeMap::new();
    let partitions = reader.list(node, |reader, node| {
        let partition = read_partition(reader, node);
        let first = places.insert(partition.name.clone(), node.path.to_string());
        if let Some(first) = first.filter(|_| !partition.name.is_empty()) {
            reader.problem(node.path, format!("the partition {:?} is at {first} already", partition.name));
        }
        partition
    });
    if matches!(node.value, Json::Array(elements) if elements.is_empty()) {
        reader.problem(node.path, "there has to be a partition");
    }
    partitions
}

fn read_partition(reader: &mut Reader<'_>, node: &Node<'_>) -> Partition {
    reader.fields(node, |fields| {
        let name = fields.required("id", host);
        let outputs = fields.required("outputs", |reader, node| read_outputs(reader, node, &name));
        let pattern = fields.required("regionRegex", |reader, node| {
            let text = reader.text(node);
            pattern(&text).unwrap_or_else(|| {
                reader.problem(node.path, format!("a regular expression of the form {text:?} is not supported"));
                Vec::new()
            })
        });
        let regions = fields.required("regions", |reader, node| {
            let regions = reader.map(node, |reader, node| {
                // Any other key would change the outputs for one region; no region does so yet.
                reader.fields(node, |fields| fields.unused("description", Reader::text, "it is prose"));
            });
            for (_, entry) in node.entries().filter(|(region, _)| !is_host(region)) {
                reader.problem(entry.path, "expected the name of a region");
            }
            regions
        });
        let regions = regions.into_keys().filter(|region| !matches(&pattern, region)).collect();
        Partition { name, outputs, pattern, regions }
    })
}

fn read_outputs(reader: &mut Reader<'_>, node: &Node<'_>, id: &str) -> Outputs {
    reader.fields(node, |fields| {
        fields.optional("name", |reader, node| {
            if reader.text(node) != id {
                reader.problem(node.path, "the name is not the partition's id");
            }
        });
        Outputs {
            dns_suffix: fields.required("dnsSuffix", host),
            dual_stack_dns_suffix: fields.required("dualStackDnsSuffix", host),
            implicit_global_region: fields.required("implicitGlobalRegion", host),
            supports_fips: fields.required("supportsFIPS", Reader::boolean),
            supports_dual_stack: fields.required("supportsDualStack", Reader::boolean),
        }
    })
}

/// A text that becomes a part of host names.
fn host(reader: &mut Reader<'_>, node: &Node<'_>) -> String {
    let text = reader.text(node);
    if node.value.as_str().is_some() && !is_host(&text) {
        reader.problem(node.path, "expected a part of a host name");
    }
    text
}

/// Whether a text can be a part of a host name.
pub(super) fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.split('.').all(label)
}

/// The segments of a regular expression of the form `^(us|eu)\-\w+\-\d+$`; `None` for any other.
///
/// No segment can match a hyphen, so that one way alone leads through a name and nothing has to be tried twice.
fn pattern(regex: &str) -> Option<Vec<Segment>> {
    let inner = regex.strip_prefix('^')?.strip_suffix('$')?.replace(r"\-", "-");
    inner.split('-').map(segment).collect()
}

fn segment(text: &str) -> Option<Segment> {
    let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric());
    match text {
        r"\w+" => Some(Segment::Word),
        r"\d+" => Some(Segment::Number),
        _ => {
            let choices = match text.strip_prefix('(') {
                Some(inner) => inner.strip_suffix(')')?.split('|').collect(),
                None => vec![text],
            };
            choices
                .iter()
                .all(|choice| is_plain(choice))
                .then(|| Segment::Is(choices.into_iter().map(str::to_owned).collect()))
        }
    }
}

/// Whether a region has a form. The emitted crate's runtime asks the same.
fn matches(pattern: &[Segment], region: &str) -> bool {
    let segments: Vec<&str> = region.split('-').collect();
    let has = |(segment, text): (&Segment, &&str)| match segment {
        Segment::Is(choices) => choices.iter().any(|choice| choice == text),
        Segment::Word => !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'),
        Segment::Number => !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()),
    };
    segments.len() == pattern.len() && pattern.iter().zip(&segments).all(has)
}

fn partition(partition: &Partition) -> TokenStream {
    let Partition { name, outputs, pattern, regions } = partition;
    let Outputs { dns_suffix, dual_stack_dns_suffix, implicit_global_region, supports_fips, supports_dual_stack } =
        outputs;
    let pattern = pattern.iter().map(|segment| match segment {
        Segment::Is(choices) => quote!(Segment::Is(&[#(#choices),*])),
        Segment::Word => quote!(Segment::Word),
        Segment::Number => quote!(Segment::Number),
    });
    quote! {
        Partition {
            name: #name,
            dns_suffix: #dns_suffix,
            dual_stack_dns_suffix: #dual_stack_dns_suffix,
            implicit_global_region: #implicit_global_region,
            supports_fips: #supports_fips,
            supports_dual_stack: #supports_dual_stack,
            pattern: &[#(#pattern),*],
            regions: &[#(#regions),*],
        }
    }
}
