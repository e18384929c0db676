//! Resources of a service: what is inferred from a small model, and what of a `resources.toml` is refused.

use generator::{Files, ServiceInputs, generate};
use serde_json::{Value, json};

use crate::support::{inputs, model};

/// A model of a shop with shelves: what operations are called, their path, their members, and the list that they answer.
fn shop() -> Value {
    let operations = [
        ("CreateShelf", "/shelves", &["Name"][..], None),
        ("DescribeShelf", "/shelves/{ShelfId}/seen", &["ShelfId"], None),
        ("DeleteShelf", "/shelves/{ShelfId}/gone", &["ShelfId"], None),
        ("ListShelves", "/shelves/all", &[], Some("Shelves")),
        ("UpdateShelfHeight", "/shelves/{ShelfId}/height", &["ShelfId", "Height"], None),
        ("AssociateShelfItems", "/shelves/{ShelfId}/items", &["ShelfId", "ItemNames"], None),
        ("DisassociateShelfItems", "/shelves/{ShelfId}/items-gone", &["ShelfId", "ItemNames"], None),
        ("ListShelfItems", "/shelves/{ShelfId}/items-all", &["ShelfId"], Some("Items")),
        ("OpenShop", "/open", &[], None),
        ("CloseShop", "/close", &[], None),
        ("CountEverything", "/count", &[], None),
    ];
    let (mut entries, mut shapes) = (serde_json::Map::new(), serde_json::Map::new());
    for (name, path, members, list) in operations {
        let members = members.iter().map(|member| {
            let shape = if *member == "ItemNames" { "Texts" } else { "Text" };
            let location = path.contains(&format!("{{{member}}}")).then_some("uri");
            let traits = match location {
                Some(location) => json!({"shape": shape, "location": location, "locationName": member}),
                None => json!({"shape": shape}),
            };
            ((*member).to_owned(), traits)
        });
        let members: serde_json::Map<String, Value> = members.collect();
        let required: Vec<&String> = members.keys().filter(|member| *member == "ShelfId").collect();
        shapes.insert(format!("{name}Request"), json!({"type": "structure", "required": required, "members": members}));
        let output: Value = list.map_or_else(|| json!({}), |list| json!({list: {"shape": "Texts"}}));
        shapes.insert(format!("{name}Response"), json!({"type": "structure", "members": output}));
        let (input, output) = (format!("{name}Request"), format!("{name}Response"));
        let http = json!({"method": "POST", "requestUri": path});
        let entry = json!({"name": name, "http": http, "input": {"shape": input}, "output": {"shape": output}});
        entries.insert(name.to_owned(), entry);
    }
    shapes.insert("Text".to_owned(), json!({"type": "string"}));
    shapes.insert("Texts".to_owned(), json!({"type": "list", "member": {"shape": "Text"}}));
    model(entries.into(), shapes.into())
}

/// The plural of a noun in `f` is not inferred, so the file says what lists shelves.
const FILE: &str = r#"
[[family]]
name = "Shelf"
unique = ["Name"]
defaults = { Height = "low" }
operations = { ListShelves = "list" }

[[seed]]
family = "Shelf"
values = { Name = "first" }

[[own]]
operations = ["OpenShop"]
reason = "It has a meaning of its own."

[[set]]
operations = ["CountEverything"]
reason = "A test says."
"#;

fn emit(text: &str) -> Result<Files, String> {
    let service = ServiceInputs {
        folder: "shop".to_owned(),
        model: shop().to_string(),
        resources: Some(("resources.toml".to_owned(), text.to_owned())),
        ..ServiceInputs::default()
    };
    generate(&inputs(service)).map_err(|problems| problems.to_string())
}

#[test]
fn each_operation_has_a_rule() {
    let files = emit(FILE).unwrap();
    let facts: Value = serde_json::from_str(&files["src/resources.json"]).unwrap();
    assert_eq!(facts["families"][0]["labels"], json!(["ShelfId"]));
    let rule = |name: &str| facts["operations"][name].clone();
    assert_eq!(rule("CreateShelf"), json!({"verb": "create", "family": "Shelf"}));
    assert_eq!(rule("ListShelves"), json!({"verb": "list", "family": "Shelf", "list": "Shelves"}));
    assert_eq!(rule("UpdateShelfHeight"), json!({"verb": "update", "family": "Shelf"}));
    assert_eq!(rule("AssociateShelfItems"), json!({"verb": "attach", "family": "Shelf", "slot": "Item"}));
    assert_eq!(rule("ListShelfItems"), json!({"verb": "sublist", "family": "Shelf", "slot": "Item", "list": "Items"}));
    assert_eq!([rule("OpenShop"), rule("CountEverything")], [json!({"verb": "own"}), json!({"verb": "set"})]);
    // What nothing places is listed, and no error: next week's model may have such an operation.
    assert_eq!(rule("CloseShop"), json!({"verb": "unplaced"}));
}

#[test]
fn an_entry_that_does_not_fit_the_model_is_an_error() {
    let refused = |from: &str, to: &str| {
        assert!(FILE.contains(from), "{from}");
        emit(&FILE.replace(from, to)).unwrap_err()
    };
    for (from, to, said) in [
        ("\"OpenShop\"", "\"SellShop\"", "own SellShop: the model no longer has the operation"),
        (
            "\"OpenShop\"",
            "\"OpenShop\", \"CountEverything\"",
            "set CountEverything: another entry names the same operation",
        ),
        ("name = \"Shelf\"", "name = \"Shelf\"\nid = \"Number\"", "no operation on one resource has the label Number"),
        (
            "name = \"Shelf\"",
            "name = \"Shelf\"\narn = \"shop/{ShopId}/{Id}\"",
            "`arn` names ShopId, which is not a label",
        ),
        ("family = \"Shelf\"", "family = \"Box\"", "seed Box: there is no family of this name"),
        (
            "{ Name = \"first\" }",
            "{ Colour = \"red\" }",
            "seed Shelf Colour: no creation of the family takes such a member",
        ),
        ("\"list\"", "\"show\"", "\"show\" is not known"),
        ("reason = \"A test says.\"", "reason = \" \"", "the reason is empty"),
        ("unique =", "uniqe =", "the generator does not know this key"),
    ] {
        let message = refused(from, to);
        assert!(message.contains(said), "{said}: {message}");
    }
}

#[test]
fn a_service_without_the_file_has_no_facts() {
    let service = ServiceInputs { folder: "shop".to_owned(), model: shop().to_string(), ..ServiceInputs::default() };
    let files = generate(&inputs(service)).unwrap();
    assert!(!files.contains_key("src/resources.json"));
}
