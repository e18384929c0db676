//! The direction of imports in the programs of xtask and in the crates that only tests use: no file imports one that imports
//! it, directly or through others.

use std::path::Path;

#[test]
fn files_import_one_way() {
    for program in ["src", "bench/src", "conformance/src", "imports/src", "testing/loopback/src"] {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(program);
        let imports = ::imports::read(&source).unwrap();
        assert!(!imports.is_empty(), "{program}: no import was read");
        let rings: String = ::imports::rings(&imports, str::to_owned).iter().map(ToString::to_string).collect();
        assert!(rings.is_empty(), "{program}:\n{rings}");
    }
}
