//! The output folder of an emitted crate: compared with generated files, and written where it differs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use generator::Files;

use crate::block;
use crate::files::{self, Changes, Tree, read_optional, read_tree};

/// The text of every banner, which identifies an emitted crate.
const MARK: &str = "cargo xtask codegen";
/// The folder of a crate that belongs to codegen: whatever else is in it goes away.
const OWNED: &str = "src/";
/// The same of the checked-in crate, from the top of the repository.
const CHECKED_IN: &str = "generated/src/";
/// The manifest of the checked-in crate. Its features belong to codegen, everything else in it is written by hand.
const MANIFEST: &str = "generated/Cargo.toml";
/// The document of the repository that has the table of areas, in a block that belongs to codegen.
const README: &str = "README.md";
/// The name of that block.
const AREAS: &str = "areas";
/// The other files of the checked-in crate that belong to codegen.
const COMPLETING: [&str; 4] = ["LICENSE-APACHE", "LICENSE-MIT", "NOTICE", "examples/wire.rs"];

/// The files of a crate, where they belong, and what is there.
pub struct Output {
    folder: PathBuf,
    /// The folder in it that belongs to codegen.
    owned: &'static str,
    files: Files,
    found: Tree,
}

/// The differences between the files and what is there.
#[derive(Debug, Default, PartialEq)]
pub struct Differences<'a> {
    /// Files that are not there.
    pub missing: Vec<&'a str>,
    /// Files that hold another text.
    pub stale: Vec<&'a str>,
    /// Files that are no longer emitted.
    pub extra: Vec<&'a str>,
}

impl Output {
    /// The parts of the checked-in crate that codegen owns: the source, the features of the manifest, the licenses and the example `wire`;
    /// and the records of names beside the models, each by the path that `records` gives for its path in the crate. The rest
    /// of the manifest, tests and other examples are written by hand.
    ///
    /// # Errors
    /// A path that could leave the crate, a manifest without features, or a folder that cannot be read.
    pub fn checked_in(repository: PathBuf, files: Files, records: &BTreeMap<String, String>) -> Result<Self> {
        let mut places = Files::new();
        for (path, text) in files {
            if path == "src/lib.rs" {
                if let Some(readme) = with_areas(&repository, &text)? {
                    places.insert(README.to_owned(), readme);
                }
            }
            if let Some(within) = path.strip_prefix(OWNED) {
                places.insert(format!("{CHECKED_IN}{within}"), text);
            } else if COMPLETING.contains(&path.as_str()) {
                places.insert(format!("generated/{path}"), text);
            } else if let Some(record) = records.get(&path) {
                places.insert(record.clone(), text);
            } else if path == "Cargo.toml" {
                if let Some(found) = read_optional(&repository.join(MANIFEST))? {
                    places.insert(MANIFEST.to_owned(), with_features(&found, &text).context(MANIFEST)?);
                }
            }
        }
        Self::new(repository, CHECKED_IN, places)
    }

    /// A crate that stands alone, with everything that belongs to it.
    pub fn crate_folder(folder: PathBuf, files: Files) -> Result<Self> {
        ensure!(
            files.get("Cargo.toml").is_some_and(|text| is_marked(text)),
            "the emitted Cargo.toml does not say {MARK:?} at its head: the crate could not be told from another crate"
        );
        ensure_ours(&folder)?;
        Self::new(folder, OWNED, files)
    }

    fn new(folder: PathBuf, owned: &'static str, files: Files) -> Result<Self> {
        for path in files.keys() {
            ensure!(is_safe(path), "the generator gave a file the path {path:?}, which may lie outside the crate");
        }
        // Everything that is not emitted is removed: an empty answer must not empty the crate.
        ensure!(files.contains_key(&format!("{owned}lib.rs")), "the generator gave no src/lib.rs");
        let tree = read_tree(&folder.join(owned))?;
        let mut found: Tree = tree.into_iter().map(|(path, bytes)| (format!("{owned}{path}"), bytes)).collect();
        for path in files.keys().filter(|path| !path.starts_with(owned)) {
            if folder.join(path).symlink_metadata().is_ok() {
                found.insert(path.clone(), files::read(&folder.join(path))?);
            }
        }
        Ok(Self { folder, owned, files, found })
    }

    /// The files as they ought to be.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The files as they are.
    pub fn found(&self) -> &Tree {
        &self.found
    }

    /// The changes that writing would make.
    pub fn differences(&self) -> Differences<'_> {
        differences(&self.files, &self.found)
    }

    /// Writes what differs and removes what is extra. Unchanged files keep their time stamps, so that cargo and editors
    /// see only what is new.
    pub fn write(&self) -> Result<()> {
        let mut changes = Changes::default();
        let Differences { missing, stale, extra } = self.differences();
        for path in missing.into_iter().chain(stale) {
            changes.write(self.folder.join(path), self.files[path].clone())?;
        }
        for path in extra {
            changes.remove(self.folder.join(path));
        }
        changes.apply()?;
        files::prune(&self.folder.join(self.owned))
    }
}

fn differences<'a>(files: &'a Files, found: &'a Tree) -> Differences<'a> {
    let mut differences = Differences::default();
    for (path, text) in files {
        match found.get(path) {
            None => differences.missing.push(path),
            Some(bytes) if bytes != text.as_bytes() => differences.stale.push(path),
            Some(_) => {}
        }
    }
    differences.extra.extend(found.keys().filter(|path| !files.contains_key(*path)).map(String::as_str));
    differences
}

impl Differences<'_> {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        *self == Differences::default()
    }
}

/// A manifest with the features of another one.
fn with_features(manifest: &str, emitted: &str) -> Result<String> {
    let section = |text: &str| {
        let start = text.find("\n[features]\n").context("there is no [features]")? + 1;
        let end = text[start..].find("\n\n").map_or(text.len(), |length| start + length);
        anyhow::Ok(start..end)
    };
    let mut text = manifest.to_owned();
    text.replace_range(section(manifest)?, &emitted[section(emitted)?]);
    Ok(text)
}

/// README.md with the table of areas of the crate's own documentation; `None` where it has no place for it.
fn with_areas(repository: &Path, lib: &str) -> Result<Option<String>> {
    let Some(readme) = read_optional(&repository.join(README))? else { return Ok(None) };
    let section = lib.lines().skip_while(|line| *line != "//! # Areas");
    let rows = section.filter_map(|line| line.strip_prefix("//! | ").or(line.strip_prefix("//! |-").map(|_| line)));
    let rows =
        rows.map(|row| row.strip_prefix("//! ").map_or_else(|| format!("| {row}\n"), |rule| format!("{rule}\n")));
    Ok(block::replace(&readme, AREAS, &rows.collect::<String>()))
}

/// Whether a path stays within the folder that it is joined to, on any system.
fn is_safe(path: &str) -> bool {
    let harmless = |c: char| !matches!(c, '\\' | ':') && !c.is_control();
    path.chars().all(harmless) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// Refuses a folder that holds anything but a crate emitted by us.
fn ensure_ours(folder: &Path) -> Result<()> {
    if folder.symlink_metadata().is_err() {
        return Ok(());
    }
    // Folders without a file in them are as good as none: nothing is lost there.
    let is_empty = files::is_empty(folder)?;
    ensure!(
        is_empty || is_emitted(folder),
        "{} is neither empty nor a crate that codegen emitted (its Cargo.toml does not say so): nothing is written",
        folder.display()
    );
    Ok(())
}

/// Whether a folder holds a crate that we emitted.
pub fn is_emitted(folder: &Path) -> bool {
    fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|manifest| is_marked(&manifest))
}

/// Whether a manifest starts with comments that name our command.
fn is_marked(manifest: &str) -> bool {
    manifest.lines().take_while(|line| line.starts_with('#')).any(|line| line.contains(MARK))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use generator::Files;
    use tempfile::tempdir;

    use super::{Output, is_safe, with_areas};

    fn files(entries: &[(&str, &str)]) -> Files {
        entries.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    fn crate_files() -> Files {
        files(&[
            (
                "Cargo.toml",
                "# Written by `cargo xtask codegen`.\n[package]\n\n[features]\n# A module.\nnew = []\n\n[x]\n",
            ),
            ("src/lib.rs", "//! A crate.\n"),
            ("src/types/foo.rs", "struct Foo;\n"),
        ])
    }

    fn checked_in(root: &Path, mut files: Files) -> anyhow::Result<Output> {
        files.insert("names.toml".to_owned(), "# Names.\n".to_owned());
        let records = BTreeMap::from([("names.toml".to_owned(), "models/tiny/names.toml".to_owned())]);
        Output::checked_in(root.to_owned(), files, &records)
    }

    fn names(folder: &Path) -> Vec<String> {
        crate::files::read_tree(folder).unwrap().into_keys().collect()
    }

    #[test]
    fn the_table_of_areas_goes_to_the_readme() {
        let folder = tempdir().unwrap();
        let lib = "//! | other |\n//! # Areas\n//!\n//! | feature | operations |\n//! |---|---|\n//! | `users` | Users |\n//!\nmod a;\n";
        assert_eq!(with_areas(folder.path(), lib).unwrap(), None);
        fs::write(folder.path().join("README.md"), "<!-- areas: begin -->\n<!-- areas: end -->\n").unwrap();
        let expected =
            "<!-- areas: begin -->\n| feature | operations |\n|---|---|\n| `users` | Users |\n<!-- areas: end -->\n";
        assert_eq!(with_areas(folder.path(), lib).unwrap().as_deref(), Some(expected));
    }

    #[test]
    fn a_path_that_could_leave_the_crate_is_refused() {
        for path in ["src/lib.rs", "Cargo.toml", "src/a b.rs", "src/...rs"] {
            assert!(is_safe(path), "{path}");
        }
        for path in "|/|/etc/x|..|../x|src/../../x|src/..|./x|src//x|src/|a\\b|a\0b|c:x|a\nb".split('|') {
            assert!(!is_safe(path), "{path}");
            let mut files = crate_files();
            files.insert(path.to_owned(), String::new());
            let folder = tempdir().unwrap();
            assert!(Output::crate_folder(folder.path().to_owned(), files).is_err(), "{path}");
        }
    }

    #[test]
    fn only_what_codegen_owns_of_the_checked_in_crate_is_touched() {
        let folder = tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("generated/src/gone/deep")).unwrap();
        fs::create_dir_all(root.join("generated/tests")).unwrap();
        let manifest = "[package]\n\n# By codegen.\n[features]\nold = []\n\n[dependencies]\nby-hand = \"1\"\n";
        fs::write(root.join("generated/Cargo.toml"), manifest).unwrap();
        fs::write(root.join("generated/tests/a.rs"), "by hand").unwrap();
        fs::write(root.join("generated/src/gone/deep/x.rs"), "old").unwrap();
        fs::write(root.join("generated/src/lib.rs"), "old").unwrap();

        let output = checked_in(root, crate_files()).unwrap();
        let differences = output.differences();
        assert_eq!(differences.missing, ["generated/src/types/foo.rs", "models/tiny/names.toml"]);
        assert_eq!(differences.stale, ["generated/Cargo.toml", "generated/src/lib.rs"]);
        assert_eq!(differences.extra, ["generated/src/gone/deep/x.rs"]);
        output.write().unwrap();
        let crate_ =
            ["generated/Cargo.toml", "generated/src/lib.rs", "generated/src/types/foo.rs", "generated/tests/a.rs"];
        assert_eq!(names(root), [&crate_[..], &["models/tiny/names.toml"]].concat());
        assert!(!root.join("generated/src/gone").exists());
        let written = fs::read_to_string(root.join("generated/Cargo.toml")).unwrap();
        assert_eq!(written, manifest.replace("old = []", "# A module.\nnew = []"));
        assert!(checked_in(root, crate_files()).unwrap().differences().is_empty());
    }

    #[test]
    fn what_is_unchanged_keeps_its_time_stamp() {
        let folder = tempdir().unwrap();
        let root = folder.path();
        checked_in(root, crate_files()).unwrap().write().unwrap();
        let long_ago = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        for path in ["src/lib.rs", "src/types/foo.rs"] {
            fs::File::options()
                .append(true)
                .open(root.join("generated").join(path))
                .unwrap()
                .set_modified(long_ago)
                .unwrap();
        }
        let mut changed = crate_files();
        changed.insert("src/lib.rs".to_owned(), "//! Another.\n".to_owned());
        checked_in(root, changed).unwrap().write().unwrap();
        let modified = |path| fs::metadata(root.join("generated").join(path)).unwrap().modified().unwrap();
        assert_eq!(modified("src/types/foo.rs"), long_ago);
        assert_ne!(modified("src/lib.rs"), long_ago);
    }

    #[test]
    fn a_standalone_crate_goes_where_nothing_is_lost() {
        let folder = tempdir().unwrap();
        let root = folder.path().join("new/crate");
        let emit = |files| Output::crate_folder(root.clone(), files).and_then(|output| output.write());
        emit(crate_files()).unwrap();
        assert_eq!(names(&root), ["Cargo.toml", "src/lib.rs", "src/types/foo.rs"]);

        fs::write(root.join("notes.txt"), "by hand").unwrap();
        let mut fewer = crate_files();
        fewer.remove("src/types/foo.rs");
        emit(fewer).unwrap();
        assert_eq!(names(&root), ["Cargo.toml", "notes.txt", "src/lib.rs"]);

        fs::write(root.join("Cargo.toml"), "[package]\nname = \"cargo xtask codegen\"\n").unwrap();
        let error = emit(crate_files()).unwrap_err().to_string();
        assert!(error.contains("neither empty nor a crate that codegen emitted"), "{error}");
        assert_eq!(names(&root), ["Cargo.toml", "notes.txt", "src/lib.rs"]);

        fs::remove_file(root.join("Cargo.toml")).unwrap();
        assert!(emit(crate_files()).is_err(), "no manifest at all is a stranger's folder too");

        let hollow = folder.path().join("hollow");
        fs::create_dir_all(hollow.join("src/runtime")).unwrap();
        Output::crate_folder(hollow, crate_files()).unwrap().write().unwrap();

        let file = folder.path().join("file");
        fs::write(&file, "by hand").unwrap();
        assert!(Output::crate_folder(file, crate_files()).is_err());
    }

    #[test]
    fn a_crate_that_could_not_be_known_again_or_has_no_root_is_not_written() {
        let folder = tempdir().unwrap();
        let root = folder.path().to_owned();
        let unmarked = files(&[("Cargo.toml", "[package]\n"), ("src/lib.rs", "")]);
        assert!(Output::crate_folder(root.clone(), unmarked).is_err());
        assert!(checked_in(&root, files(&[("Cargo.toml", "")])).is_err());
        assert!(checked_in(&root, Files::new()).is_err());
    }
}
