//! Takes the nouns of a plan; gives files. One module per kind of item, one function per item, and nothing decided here.

mod builder;
mod enumeration;
mod exception;
mod operation;
mod registry;
mod root;
mod structure;
mod tokens;
mod types;

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::plan::{Item, ItemKind, Operation, Service};
use crate::render::{SourceFile, render};

pub(crate) use root::library;
use tokens::{Scope, imports};

/// The files of one service, by their path from the crate's root.
///
/// # Errors
/// Items that came out as something other than Rust.
pub(crate) fn service(service: &Service) -> Result<BTreeMap<String, String>, Diagnostics> {
    let scope = Scope::new(service);
    let operations = service.operations.iter().map(Source::Operation);
    let items = service.items.iter().map(Source::Item);
    let sources: Vec<Source<'_>> = operations.chain(items).collect();
    let mut files = in_parallel(&sources, |source| source.file(&scope))?;
    let aggregates =
        [registry::operations(&scope), registry::types(&scope), registry::inputs(&scope), exception::file(&scope)];
    for file in aggregates {
        files.insert(file.path.clone(), render(&file)?);
    }
    Ok(files)
}

/// What becomes one file.
enum Source<'a> {
    Operation(&'a Operation),
    Item(&'a Item),
}

impl Source<'_> {
    fn file(&self, scope: &Scope<'_>) -> SourceFile {
        match self {
            Self::Operation(operation) => operation::file(scope, operation),
            Self::Item(item) => {
                let demands = matches!(&item.kind, ItemKind::Structure(structure) if structure.demands());
                let (names, items) = match &item.kind {
                    ItemKind::Structure(structure) => structure::shared(structure),
                    ItemKind::Union(structure) => structure::union(structure),
                    ItemKind::Enumeration(enumeration) => enumeration::items(enumeration),
                };
                SourceFile {
                    path: scope.path(&format!("types/{}.rs", item.module)),
                    source: scope.source(&format!("shapes.{}", item.shape)),
                    docs: Vec::new(),
                    uses: imports(scope, &names, demands),
                    items,
                }
            }
        }
    }
}

/// Renders files on all cores. Token streams belong to the thread that made them, so each thread goes all the way to text.
fn in_parallel<'a, T: Sync>(
    sources: &'a [T],
    file: impl Fn(&'a T) -> SourceFile + Sync,
) -> Result<BTreeMap<String, String>, Diagnostics> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let work = |first: usize| {
        let mut files = BTreeMap::new();
        let mut problems = Diagnostics::default();
        for source in sources.iter().skip(first).step_by(threads) {
            let file = file(source);
            match render(&file) {
                Ok(text) => drop(files.insert(file.path, text)),
                Err(problem) => problems.extend(problem.into()),
            }
        }
        problems.into_result(files)
    };
    std::thread::scope(|scope| {
        let work = &work;
        let threads: Vec<_> = (0..threads).map(|first| scope.spawn(move || work(first))).collect();
        let mut files = BTreeMap::new();
        let mut problems = Diagnostics::default();
        for thread in threads {
            match thread.join() {
                Ok(Ok(some)) => files.extend(some),
                Ok(Err(some)) => problems.extend(some),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        problems.into_result(files)
    })
}
