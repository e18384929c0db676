//! A `resources.toml`: its entries, as they are written.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::json::{Fields, Json, Node, Reader, parse_toml};

/// The whole of a `resources.toml`.
#[derive(Debug, Default)]
pub(crate) struct Resources {
    pub families: Vec<Family>,
    pub references: Vec<Reference>,
    /// Members that name a resource and are not checked.
    pub unchecked: Vec<String>,
    pub seeds: Vec<Seed>,
    pub slots: Vec<Slot>,
    /// Operations with code of their own in the stand-in.
    pub own: Vec<String>,
    /// Operations that answer what a test sets, else a valid empty answer.
    pub set: Vec<String>,
}

/// A kind of resource.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    pub name: String,
    /// The text that follows the account in the ARN; resources of some families have none.
    pub arn: Option<String>,
    /// The member that holds the id, where it is not the family's name with `Id`.
    pub id: Option<String>,
    /// The members whose values are unique among siblings.
    pub unique: Vec<String>,
    /// The values of members that a creation leaves out.
    pub defaults: BTreeMap<String, Json>,
    /// Members that no answer has.
    pub hidden: Vec<String>,
    pub ripens: Option<StatusTransition>,
    /// The structure whose members are those of the resource itself.
    pub spread: Option<String>,
    /// Whether ids count up from 1.
    pub numbered: bool,
    /// Whether resources are there without a creation.
    pub preset: bool,
    /// The effects of operations whose names do not tell them.
    pub operations: BTreeMap<String, String>,
}

/// A status that changes by itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct StatusTransition {
    pub member: String,
    pub from: String,
    pub to: String,
}

/// A member that refers to a resource of a family whose name it does not have.
#[derive(Debug, Default)]
pub(crate) struct Reference {
    pub member: String,
    pub family: String,
}

/// An operation on a list that belongs to a resource, whose name does not tell.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    pub operation: String,
    pub verb: &'static str,
    pub family: String,
    pub slot: String,
}

/// A resource of a new instance.
#[derive(Debug, Default)]
pub(crate) struct Seed {
    pub family: String,
    pub values: Json,
}

impl Resources {
    /// Reads the text of a `resources.toml`, which messages call `file`.
    ///
    /// # Errors
    /// Text that is not TOML, and every entry that is not of the format.
    pub fn parse(file: &str, text: &str) -> Result<Self, Diagnostics> {
        let json = parse_toml(file, text)?;
        let mut reader = Reader::new(file);
        let read = reader.fields(&Node::root(&json), |fields| Self {
            families: fields.list("family", Family::read),
            references: fields.list("reference", Reference::read),
            unchecked: fields.list("unchecked", |reader, node| {
                reader.fields(node, |fields| {
                    reason(fields);
                    fields.text("member")
                })
            }),
            seeds: fields.list("seed", Seed::read),
            slots: fields.list("slot", Slot::read),
            own: operations(fields, "own"),
            set: operations(fields, "set"),
        });
        reader.finish(read)
    }
}

/// The operations of all entries of a kind.
fn operations(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<String> {
    let lists = fields.list(key, |reader, node| {
        reader.fields(node, |fields| {
            reason(fields);
            fields.required("operations", Reader::texts)
        })
    });
    lists.concat()
}

fn reason(fields: &mut Fields<'_, '_>) {
    if fields.text("reason").trim().is_empty() {
        fields.problem("the reason is empty: say why the entry exists");
    }
}

impl Family {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            fields.unused("reason", Reader::text, "it is for the people who read the file");
            Self {
                name: fields.text("name"),
                arn: fields.optional_text("arn"),
                id: fields.optional_text("id"),
                unique: fields.optional_texts("unique").unwrap_or_default(),
                defaults: fields.map("defaults", |_, node| node.value.clone()),
                hidden: fields.optional_texts("hidden").unwrap_or_default(),
                ripens: fields.optional("ripens", StatusTransition::read),
                spread: fields.optional_text("spread"),
                numbered: fields.flag("numbered"),
                preset: fields.flag("preset"),
                operations: fields.map("operations", |reader, node| {
                    let known = ["create", "describe", "list", "search", "update", "delete"].map(|verb| (verb, verb));
                    reader.one_of(node, &known).to_owned()
                }),
            }
        })
    }
}

impl StatusTransition {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self {
            member: fields.text("member"),
            from: fields.text("from"),
            to: fields.text("to"),
        })
    }
}

impl Reference {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| {
            reason(fields);
            Self { member: fields.text("member"), family: fields.text("family") }
        })
    }
}

impl Slot {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        const VERBS: [&str; 5] = ["attach", "detach", "adjust", "sublist", "find"];
        reader.fields(node, |fields| {
            reason(fields);
            Self {
                operation: fields.text("operation"),
                verb: fields.required("verb", |reader, node| reader.one_of(node, &VERBS.map(|verb| (verb, verb)))),
                family: fields.text("family"),
                slot: fields.text("slot"),
            }
        })
    }
}

impl Seed {
    fn read(reader: &mut Reader<'_>, node: &Node<'_>) -> Self {
        reader.fields(node, |fields| Self {
            family: fields.text("family"),
            values: fields.required("values", |_, node| node.value.clone()),
        })
    }
}

/// The member that holds the id of a family's resources.
pub(super) fn id_label(family: &Family) -> String {
    match &family.id {
        Some(id) => id.clone(),
        None if family.numbered => family.name.clone(),
        None => format!("{}Id", family.name),
    }
}
