//! Reads trees of files, and writes files so that either all of them change or none.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempPath;

use crate::interrupt;

/// The contents of files, by their path from the top of a tree, with `/` between its parts.
pub type Tree = BTreeMap<String, Vec<u8>>;

/// Reads every file under a folder; none where there is no such folder.
///
/// # Errors
/// Any that reading gives, and a symbolic link or another thing that is neither file nor folder: what is written there
/// would end up somewhere else.
pub fn read_tree(folder: &Path) -> Result<Tree> {
    let mut tree = Tree::new();
    if folder.symlink_metadata().is_ok() {
        ensure_folder(folder)?;
        read_into(&mut tree, folder, "")?;
    }
    Ok(tree)
}

fn ensure_folder(path: &Path) -> Result<()> {
    let kind = path.symlink_metadata().with_context(|| path.display().to_string())?.file_type();
    ensure!(kind.is_dir(), "{} is not a folder", path.display());
    Ok(())
}

fn read_into(tree: &mut Tree, folder: &Path, prefix: &str) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let path = entry.path();
        let Ok(name) = entry.file_name().into_string() else { bail!("{} is not a UTF-8 name", path.display()) };
        let kind = entry.file_type().with_context(|| path.display().to_string())?;
        if kind.is_dir() {
            read_into(tree, &path, &format!("{prefix}{name}/"))?;
        } else if kind.is_file() {
            tree.insert(format!("{prefix}{name}"), read(&path)?);
        } else {
            bail!("{} is neither a file nor a folder", path.display());
        }
    }
    Ok(())
}

/// Reads a file, naming it where that fails.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| path.display().to_string())
}

/// Reads a text, naming the file where that fails.
pub fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).with_context(|| path.display().to_string())
}

/// Reads a text that need not be there.
pub fn read_optional(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Removes the folders under a folder that hold no file, however deep.
pub fn prune(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            prune(&path)?;
            match fs::remove_dir(&path) {
                Err(error) if error.kind() != ErrorKind::DirectoryNotEmpty => {
                    return Err(error).with_context(|| path.display().to_string());
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// Writes one text, whole or not at all, with the folders above it; a file that holds it already keeps its time stamp.
///
/// # Errors
/// The file cannot be written.
pub fn put(path: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).with_context(|| path.display().to_string())?;
    let _change = interrupt::hold();
    let new = stage(folder, text.as_bytes()).with_context(|| path.display().to_string())?;
    new.persist(path).with_context(|| path.display().to_string())
}

/// Whether a folder holds no file, at any depth.
///
/// # Errors
/// It is no folder, or cannot be read.
pub fn is_empty(folder: &Path) -> Result<bool> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry.with_context(|| folder.display().to_string())?;
        let kind = entry.file_type().with_context(|| entry.path().display().to_string())?;
        if !kind.is_dir() || !is_empty(&entry.path())? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Files to write and to remove, all known before the first is touched.
#[derive(Debug, Default)]
pub struct Changes {
    write: BTreeMap<PathBuf, String>,
    remove: BTreeSet<PathBuf>,
}

impl Changes {
    /// Has a file hold a text. One that already does is left alone and keeps its time stamp.
    pub fn write(&mut self, path: PathBuf, text: String) -> Result<()> {
        match fs::read(&path) {
            Ok(old) if old == text.as_bytes() => {}
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(error).with_context(|| path.display().to_string());
            }
            _ => drop(self.write.insert(path, text)),
        }
        Ok(())
    }

    /// Has a file, if it is there, go away.
    pub fn remove(&mut self, path: PathBuf) {
        if path.symlink_metadata().is_ok() {
            self.remove.insert(path);
        }
    }

    /// Whether a file is there once the changes are made.
    #[must_use]
    pub fn leaves(&self, path: &Path) -> bool {
        !self.remove.contains(path) && (self.write.contains_key(path) || path.exists())
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.write.is_empty() && self.remove.is_empty()
    }

    /// The files that change.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.write.keys().chain(&self.remove).map(PathBuf::as_path)
    }

    /// Makes the changes. What commonly fails (a full disk, a folder that may not be written) fails while the new texts are put
    /// beside the old ones. The old files then stay as they are, and the folders that were made for new ones are removed again. So it
    /// is with an interrupt; one that comes later waits until all changes are made.
    ///
    /// # Errors
    /// A file or a folder cannot be written, or an interrupt has come.
    pub fn apply(self) -> Result<()> {
        let _change = interrupt::hold();
        self.apply_unless(interrupt::is_requested)
    }

    fn apply_unless(&self, interrupted: impl Fn() -> bool) -> Result<()> {
        let mut made = Vec::new();
        let staged = self.stage(&mut made, interrupted).inspect_err(|_| {
            // The deepest first. One that something else was put into meanwhile stays.
            made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        })?;
        for (new, path) in staged {
            new.persist(path).with_context(|| path.display().to_string())?;
        }
        for path in &self.remove {
            fs::remove_file(path).with_context(|| path.display().to_string())?;
        }
        Ok(())
    }

    /// Writes every text beside the file that is to hold it; adds the folders that this takes to `made`.
    fn stage(&self, made: &mut Vec<PathBuf>, interrupted: impl Fn() -> bool) -> Result<Vec<(TempPath, &Path)>> {
        let mut staged = Vec::new();
        for (path, text) in &self.write {
            let new = path.parent().context("it has no folder").and_then(|folder| {
                ensure!(!interrupted(), "interrupted");
                make(folder, made)?;
                stage(folder, text.as_bytes())
            });
            staged.push((new.with_context(|| path.display().to_string())?, path.as_path()));
        }
        Ok(staged)
    }
}

/// Makes a folder with all above it; adds those that were not there to `made`, the highest first.
fn make(folder: &Path, made: &mut Vec<PathBuf>) -> Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make(parent, made)?;
    }
    fs::create_dir(folder).with_context(|| folder.display().to_string())?;
    made.push(folder.to_owned());
    Ok(())
}

/// Writes a text to a new file in a folder.
fn stage(folder: &Path, text: &[u8]) -> Result<TempPath> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".new-");
    // Without this the file could be read by its owner only.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text)?;
    // Closed by now: there may be more files than a process may have open.
    Ok(file.into_temp_path())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;

    use tempfile::tempdir;

    use super::{Changes, is_empty, prune, read_tree};

    #[test]
    fn what_is_written_is_read_and_pruned() {
        let folder = tempdir().unwrap();
        let root = folder.path();
        let mut changes = Changes::default();
        changes.write(root.join("a/b/c.txt"), "c".to_owned()).unwrap();
        changes.write(root.join("d.txt"), "d".to_owned()).unwrap();
        changes.remove(root.join("not-there"));
        assert_eq!(changes.paths().count(), 2);
        changes.apply().unwrap();
        fs::create_dir_all(root.join("empty/within/empty")).unwrap();

        let tree = read_tree(root).unwrap();
        assert_eq!(tree.keys().collect::<Vec<_>>(), ["a/b/c.txt", "d.txt"]);
        assert_eq!(tree["d.txt"], b"d");

        let mut changes = Changes::default();
        changes.write(root.join("d.txt"), "d".to_owned()).unwrap();
        changes.remove(root.join("a/b/c.txt"));
        assert_eq!(changes.paths().count(), 1, "what is as it ought to be is not written");
        changes.apply().unwrap();
        prune(root).unwrap();
        assert_eq!(fs::read_dir(root).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_files() {
        assert!(read_tree(&tempdir().unwrap().path().join("none")).unwrap().is_empty());
    }

    #[test]
    fn one_failure_leaves_every_file_as_it_was() {
        let folder = tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("a.txt"), "old").unwrap();
        fs::write(root.join("file"), "old").unwrap();
        let mut changes = Changes::default();
        changes.write(root.join("a.txt"), "new".to_owned()).unwrap();
        changes.write.insert(root.join("file/below.txt"), "new".to_owned());
        changes.remove(root.join("file"));
        let error = format!("{:#}", changes.apply().unwrap_err());
        assert!(error.contains("below.txt"), "{error}");
        assert_eq!(read_tree(root).unwrap().len(), 2, "nothing half-written is left behind");
        assert_eq!(fs::read_to_string(root.join("a.txt")).unwrap(), "old");
        assert!(root.join("file").is_file());
    }

    #[test]
    fn an_interrupt_leaves_all_as_it_was_until_all_is_ready() {
        for staged in 0..=2 {
            let folder = tempdir().unwrap();
            let root = folder.path();
            fs::write(root.join("a.txt"), "old").unwrap();
            let mut changes = Changes::default();
            changes.write(root.join("a.txt"), "new".to_owned()).unwrap();
            changes.write(root.join("new/deep/b.txt"), "new".to_owned()).unwrap();
            let asked = Cell::new(0);
            let interrupted = || asked.replace(asked.get() + 1) == staged;
            let applied = changes.apply_unless(interrupted);
            assert_eq!(applied.is_ok(), staged == 2, "the third interrupt comes after all is ready");
            let (text, new) = (fs::read_to_string(root.join("a.txt")).unwrap(), root.join("new").exists());
            assert_eq!((&*text, new), if staged == 2 { ("new", true) } else { ("old", false) });
            assert_eq!(fs::read_dir(root).unwrap().count(), 1 + usize::from(new), "nothing half-written is left");
        }
    }

    #[test]
    fn one_failure_leaves_no_folder_behind() {
        let folder = tempdir().unwrap();
        let root = folder.path();
        fs::create_dir(root.join("there")).unwrap();
        let mut changes = Changes::default();
        changes.write(root.join("new/deep/a.txt"), "new".to_owned()).unwrap();
        changes.write(root.join("there/a.txt"), "new".to_owned()).unwrap();
        // After the folders of the first two are made, this one cannot be.
        changes.write.insert(root.join("x".repeat(300)).join("a.txt"), "new".to_owned());
        assert!(changes.apply().is_err());
        let left: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["there"]);
        assert!(is_empty(root).unwrap());
    }

    #[test]
    #[cfg(unix)]
    fn a_link_is_refused_and_a_new_file_is_as_readable_as_any() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempdir().unwrap();
        let root = folder.path();
        fs::write(root.join("plain"), "").unwrap();
        let mut changes = Changes::default();
        changes.write(root.join("new"), String::new()).unwrap();
        changes.apply().unwrap();
        let mode = |name: &str| root.join(name).metadata().unwrap().permissions().mode();
        assert_eq!(mode("new"), mode("plain"));

        symlink("/", root.join("link")).unwrap();
        assert!(read_tree(root).unwrap_err().to_string().contains("neither a file nor a folder"));
        assert!(read_tree(&root.join("link")).unwrap_err().to_string().contains("not a folder"));
    }
}
