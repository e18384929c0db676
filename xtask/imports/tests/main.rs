//! The reader of imports, on crates of a few lines.

use std::collections::BTreeMap;

use imports::{Import, of_files, rings, wrong_way};

fn read(files: &[(&str, &str)]) -> Vec<Import> {
    let files: BTreeMap<_, _> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    of_files(&files).unwrap()
}

/// The imports as `from > to: item`.
fn shown(files: &[(&str, &str)]) -> Vec<String> {
    read(files).iter().map(|import| format!("{} > {}: {}", import.from, import.to, import.item)).collect()
}

#[test]
fn every_way_to_name_an_item_is_an_import() {
    let low = ("low.rs", "pub struct Low; pub fn low() {} pub mod inner { pub struct Inner; }");
    for (text, item) in [
        ("use crate::low::Low;", "low::Low"),
        ("use super::low::{Low as Other};", "low::Low"),
        ("use super::{low::{self, Low}};", "low::Low"),
        ("pub(crate) use crate::low::Low;", "low::Low"),
        ("use crate::low; fn f() { low::low() }", "low::low"),
        ("use crate::low as l; fn f(x: Vec<l::Low>) {}", "low::Low"),
        ("fn f() { crate::low::low(); }", "low::low"),
        ("fn f() { vec![super::low::low()]; }", "low::low"),
        ("fn f() { use crate::low::Low; }", "low::Low"),
        ("mod within { use super::super::low::Low; }", "low::Low"),
        ("use crate::low::inner::Inner;", "low::inner::Inner"),
        ("use crate::low::inner; type T = inner::Inner;", "low::inner::Inner"),
        ("use crate::low::*;", "low"),
    ] {
        let found = shown(&[("lib.rs", "mod high; mod low;"), low, ("high.rs", text)]);
        assert_eq!(found, [format!("high > low: {item}")], "{text}");
    }
}

#[test]
fn what_is_no_import_is_passed_over() {
    let low = ("low.rs", "pub struct Low; pub fn low() {}");
    for text in [
        "// use crate::low::Low;\n/// See [`crate::low`].\nfn f() { \"crate::low::Low\"; }",
        "use std::low::Low; use ::low::Low; use other::low;",
        "use crate::low;",
        "#[cfg(test)] mod tests { use crate::low::Low; }",
        "#[cfg(test)] fn helper() { crate::low::low() }",
        "#[cfg(test)] use crate::low::Low;",
        "macro_rules! m { () => { $crate::low::low() } }",
        "fn f(low: L) { low.low(); } struct L { low: u8 }",
    ] {
        assert_eq!(shown(&[("lib.rs", "mod high; mod low;"), low, ("high.rs", text)]), [""; 0], "{text}");
    }
    let tests = ("high/tests.rs", "use crate::low::Low;");
    assert_eq!(shown(&[("lib.rs", ""), low, ("high.rs", "#[cfg(test)] mod tests;"), tests]), [""; 0]);
}

#[test]
fn a_name_that_is_re_exported_belongs_to_the_module_that_defines_it() {
    let files = [
        ("lib.rs", "mod room; mod user; pub use room::Thing;"),
        ("room.rs", "mod part; mod others; mod sign; pub use part::Thing; pub use others::*; pub use sign::sign;"),
        ("room/part.rs", "pub struct Thing;"),
        ("room/others.rs", "use super::Thing; pub fn other(thing: Thing) {}"),
        // A function and its module share a name.
        ("room/sign.rs", "pub fn sign() {}"),
        ("user.rs", "use crate::Thing; use crate::room::sign; fn f() { crate::room::other(Thing) }"),
    ];
    let expected = [
        "crate > room::part: room::Thing",
        "room > room::others: room::others",
        "room > room::part: room::part::Thing",
        "room > room::sign: room::sign::sign",
        "room::others > room::part: room::Thing",
        "user > room::others: room::other",
        "user > room::part: Thing",
        "user > room::sign: room::sign",
    ];
    assert_eq!(shown(&files), expected);
    // The room's root re-exports, and nobody imports what it defines: no ring.
    assert!(rings(&read(&files), str::to_owned).is_empty());
}

#[test]
fn rooms_import_downwards_only() {
    let levels: &[&[&str]] = &[&["base"], &["left", "right"], &["top"]];
    let wrong = |from: &str, import: &str| {
        let files = [
            ("lib.rs", "mod rooms; pub struct Out;"),
            ("rooms.rs", "mod base; mod left; mod right; mod top; mod stray; use top::Top;"),
            ("rooms/base.rs", "pub struct Base;"),
            ("rooms/left.rs", "pub struct Left;"),
            ("rooms/right.rs", "pub struct Right;"),
            ("rooms/top.rs", "pub struct Top;"),
            ("rooms/stray.rs", "pub struct Stray; use crate::rooms::top::Top;"),
            (from, import),
        ];
        wrong_way(&read(&files), "rooms", levels)
    };
    for (from, import) in [
        ("rooms/top/deep.rs", "use crate::rooms::{base::Base, left::Left};"),
        ("rooms/left/a.rs", "use crate::rooms::base::Base; use super::Left;"),
        ("outside.rs", "use crate::rooms::top::Top;"),
    ] {
        assert_eq!(wrong(from, import), [""; 0], "{from}: {import}");
    }
    for (from, import, sentence) in [
        (
            "rooms/base/clock.rs",
            "use crate::rooms::top::Top;",
            "rooms::base::clock imports rooms::top::Top of rooms::top: the room base is not above the room top",
        ),
        (
            "rooms/left/a.rs",
            "use super::super::right::Right;",
            "rooms::left::a imports rooms::right::Right of rooms::right: the room left is not above the room right",
        ),
        (
            "rooms/top/a.rs",
            "use crate::rooms::stray::Stray;",
            "rooms::top::a imports rooms::stray::Stray of rooms::stray: the room top may not import stray, which is not a room",
        ),
        (
            "rooms/top/a.rs",
            "use crate::Out;",
            "rooms::top::a imports Out of crate: the room top may not import what is outside of the rooms",
        ),
    ] {
        assert_eq!(wrong(from, import), [sentence]);
    }
}

#[test]
fn a_ring_is_shown_with_the_imports_that_close_it() {
    let imports = read(&[
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "pub struct A; use crate::b::B;"),
        ("b.rs", "pub struct B; use crate::c::C; use crate::d::D;"),
        ("c.rs", "mod below; pub struct C;"),
        ("c/below.rs", "use crate::a::A;"),
        ("d.rs", "pub struct D;"),
    ]);
    assert!(rings(&imports, str::to_owned).is_empty());
    let first = |module: &str| module.split("::").next().unwrap_or_default().to_owned();
    let rings = rings(&imports, first);
    assert_eq!(rings.len(), 1);
    assert_eq!(
        rings[0].to_string(),
        "a, b, c import one another:\n  a imports b::B of b\n  b imports c::C of c\n  c::below imports a::A of a\n"
    );
}

#[test]
fn a_file_that_is_no_rust_is_named() {
    let files = BTreeMap::from([("a/b.rs".to_owned(), "fn f( {".to_owned())]);
    assert!(of_files(&files).unwrap_err().starts_with("a/b.rs: "));
}
