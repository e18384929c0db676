//! Additions that a service gets by its id, whatever its model says.

use generator::overrides::known;
use generator::{Files, generate};
use serde_json::{Value, json};

use crate::support::{base, of_model, with};

fn emitted(model: &Value) -> Files {
    generate(&of_model(&model.to_string())).unwrap_or_else(|problems| panic!("{problems}"))
}

#[test]
fn every_request_of_glacier_names_the_version_of_the_api() {
    let files = emitted(&with(&[("metadata.serviceId", json!("Glacier"))]));
    let expected = r#"headers: ["x-amz-glacier-version" = "2012-06-01"],"#;
    assert!(files["src/operation/foo.rs"].contains(expected), "{}", files["src/operation/foo.rs"]);
    assert!(!emitted(&base())["src/operation/foo.rs"].contains("glacier"), "other services are left alone");
}

#[test]
fn uploads_to_glacier_carry_the_hash_of_their_tree() {
    let mut model = with(&[("metadata.serviceId", json!("Glacier"))]);
    let mut upload = model["operations"]["Foo"].clone();
    upload["name"] = json!("UploadArchive");
    model["operations"]["UploadArchive"] = upload;
    let files = emitted(&model);
    let checksum = "tree_hash],";
    assert!(
        files["src/operation/upload_archive.rs"].contains(checksum),
        "{}",
        files["src/operation/upload_archive.rs"]
    );
    assert!(!files["src/operation/foo.rs"].contains(checksum));
}

#[test]
fn api_gateway_is_asked_for_json() {
    let files = emitted(&with(&[("metadata.serviceId", json!("API Gateway"))]));
    assert!(files["src/operation/foo.rs"].contains(r#"headers: ["accept" = "application/json"],"#));
}

#[test]
fn a_search_of_cloudsearch_is_a_form() {
    let mut model = with(&[("metadata.serviceId", json!("CloudSearch Domain"))]);
    let mut search = model["operations"]["Foo"].clone();
    search["name"] = json!("Search");
    search["http"]["method"] = json!("GET");
    model["operations"]["Search"] = search;
    let files = emitted(&model);
    assert!(files["src/operation/search.rs"].contains("safe, form],"), "{}", files["src/operation/search.rs"]);
    assert!(!files["src/operation/foo.rs"].contains("form],"));
}

#[test]
fn what_is_known_is_said_with_its_reason() {
    let lines = known("Glacier");
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("the header `x-amz-glacier-version: 2012-06-01` on all operations: Glacier refuses"));
    assert!(lines[1].contains("on UploadArchive, UploadMultipartPart: "), "{lines:?}");
    assert!(known("Connect").is_empty());
}
