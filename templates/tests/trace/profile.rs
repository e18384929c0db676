//! Events about config and credentials files: what is read otherwise than a person may expect.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use templates::runtime::environment::Environment;
use templates::runtime::profile::Profiles;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::aws::{Home, environment_at};

#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<String>>>);

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// The one event of loading the profiles of an environment.
fn event(environment: &Environment) -> String {
    let events = Events::default();
    tracing::subscriber::with_default(events.clone(), || Profiles::load(environment, None).unwrap());
    let events = events.0.lock().unwrap().clone();
    assert_eq!(events.len(), 1, "{events:?}");
    events[0].clone()
}

#[test]
fn a_variable_that_names_no_file_is_told_at_debug() {
    let said = event(&environment_at(None, &[("AWS_SHARED_CREDENTIALS_FILE", "$GONE/x")]));
    assert!(said.starts_with("DEBUG") && said.contains(r#"variable="AWS_SHARED_CREDENTIALS_FILE""#), "{said}");
    assert!(said.contains("path=$GONE/x"), "{said}");
}

#[test]
fn a_default_path_that_cannot_be_read_is_told_at_debug() {
    let home = Home::new("[default]\n", "");
    std::fs::create_dir(home.0.join(".aws/credentials")).unwrap();
    let said = event(&home.environment(&[]));
    assert!(said.starts_with("DEBUG") && said.contains("path=~/.aws/credentials"), "{said}");
    assert!(said.contains("counts as absent"), "{said}");
}

#[test]
fn a_header_that_cannot_be_split_is_told_at_debug() {
    let said = event(&Home::new("[default]\n[profile it's]\n", "").environment(&[]));
    assert!(said.starts_with("DEBUG") && said.contains("lines=[2]"), "{said}");
}
