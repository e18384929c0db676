//! Partitions of AWS: the reader of `partitions.json`, and the items of `src/partitions.rs`, which are the table as a constant.
//!
//! Upstream describes a partition's regions twice, as a regular expression and as a list. No regular expression is run
//! in a call: the few forms upstream uses become a list of segments, and of the listed regions only those stay that do
//! not have that form (`aws-global`).

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::node::{Node, Reader};
use crate::diagnostic::Diagnostics;

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
        let json = crate::model::parse(file, text)?;
        let mut reader = Reader::new(file);
        let partitions = reader.partitions(&Node::root(&json));
        let (first, others) = reader.finish(partitions)?;
        Ok(Self { file: file.to_owned(), first, others })
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
#[derive(Debug, Clone)]
struct Partition {
    name: String,
    outputs: Outputs,
    pattern: Vec<Segment>,
    regions: Vec<String>,
}

#[derive(Debug, Clone)]
struct Outputs {
    dns_suffix: String,
    dual_stack_dns_suffix: String,
    implicit_global_region: String,
    supports_fips: bool,
    supports_dual_stack: bool,
}

/// What stands between two hyphens of a region's name.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    /// `aws` or `(us|eu)`
    Is(Vec<String>),
    /// `\w+`
    Word,
    /// `\d+`
    Number,
}

impl Reader<'_> {
    fn partitions(&mut self, node: &Node<'_>) -> Option<(Partition, Vec<Partition>)> {
        let object = self.object(node, &["version", "partitions"], &[])?;
        let version = object.get("version")?;
        if let Some(text) = self.string(&version).filter(|text| *text != "1.1") {
            self.problem(&version.path, format!("version {text:?} of the partition table is not supported"));
        }
        let list = object.get("partitions")?;
        let mut names = BTreeMap::new();
        let mut partitions = Vec::new();
        for node in self.array(&list) {
            let Some(partition) = self.partition(&node) else { continue };
            if let Some(first) = names.insert(partition.name.clone(), node.path.clone()) {
                self.problem(&node.path, format!("the partition {:?} is at {first} already", partition.name));
            }
            partitions.push(partition);
        }
        if list.value.as_array().is_some_and(Vec::is_empty) {
            self.problem(&list.path, "there has to be a partition");
        }
        let others = partitions.split_off(partitions.len().min(1));
        Some((partitions.pop()?, others))
    }

    fn partition(&mut self, node: &Node<'_>) -> Option<Partition> {
        let object = self.object(node, &["id", "outputs", "regionRegex", "regions"], &[])?;
        let name = self.host(&object.get("id")?);
        let outputs = object.get("outputs")?;
        if let Some(other) = outputs.value.get("name").filter(|other| other.as_str() != name.as_deref()) {
            self.problem(&outputs.entry("name", other).path, "the name is not the partition's id");
        }
        let outputs = self.outputs(&outputs);
        let regex = object.get("regionRegex")?;
        let pattern = self.string(&regex).and_then(|text| {
            let pattern = pattern(text);
            if pattern.is_none() {
                self.problem(&regex.path, format!("a regular expression of the form {text:?} is not supported"));
            }
            pattern
        });
        let regions = object.get("regions")?;
        let mut listed = Vec::new();
        for (region, value) in self.map(&regions)? {
            let node = regions.entry(region, value);
            // Any other key would change the outputs for one region; no region does so yet.
            self.object(&node, &[], &["description"]);
            if !is_host(region) {
                self.problem(&node.path, "the name of a region is expected here");
            }
            listed.push(region.clone());
        }
        let pattern = pattern?;
        listed.retain(|region| !matches(&pattern, region));
        Some(Partition { name: name?, outputs: outputs?, pattern, regions: listed })
    }

    fn outputs(&mut self, node: &Node<'_>) -> Option<Outputs> {
        let keys = ["dnsSuffix", "dualStackDnsSuffix", "implicitGlobalRegion", "supportsDualStack", "supportsFIPS"];
        let object = self.object(node, &keys, &["name"])?;
        let dns_suffix = self.host(&object.get("dnsSuffix")?);
        let dual_stack_dns_suffix = self.host(&object.get("dualStackDnsSuffix")?);
        let implicit_global_region = self.host(&object.get("implicitGlobalRegion")?);
        let supports_fips = self.boolean(&object.get("supportsFIPS")?);
        let supports_dual_stack = self.boolean(&object.get("supportsDualStack")?);
        Some(Outputs {
            dns_suffix: dns_suffix?,
            dual_stack_dns_suffix: dual_stack_dns_suffix?,
            implicit_global_region: implicit_global_region?,
            supports_fips: supports_fips?,
            supports_dual_stack: supports_dual_stack?,
        })
    }

    /// A text that becomes a part of host names.
    fn host(&mut self, node: &Node<'_>) -> Option<String> {
        let text = self.string(node)?;
        if !is_host(text) {
            self.problem(&node.path, "a part of a host name is expected here");
        }
        Some(text.to_owned())
    }
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
