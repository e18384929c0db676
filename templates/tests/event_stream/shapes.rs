//! An operation of the sample service that responds with events, as the generator emits it.

use templates::event_stream::EventStream;
use templates::runtime::__private::{self as runtime, OperationInfo};
use templates::runtime::{Blob, DateTime, Document};

use crate::support::service::{Exception, Sample};

macro_rules! structure {
    ($name:ident { $($field:ident: $ty:ty),* }) => {
        #[derive(Clone, Default, PartialEq)]
        pub struct $name {
            $(pub $field: $ty,)*
        }
    };
}

structure!(Added { name: Option<String>, size: Option<i32> });
runtime::members! { Added { name: body("Name").wire("n"), size: body("Size"), } }

structure!(Chunk { bytes: Option<Blob> });
runtime::members! { Chunk { bytes: payload("bytes").blob(), } }

structure!(Note { text: Option<String> });
runtime::members! { Note { text: payload("text").text(), } }

structure!(Moved { at: Option<DateTime>, count: Option<i64>, far: Option<bool>, from: Option<String>, to: Option<Added> });
runtime::members! {
    Moved {
        at: header("at").epoch_seconds(),
        count: header("Count"),
        far: header("far"),
        from: header("from"),
        to: payload("to"),
    }
}

#[derive(Clone, PartialEq)]
pub enum Changes {
    Added(Added),
    Chunk(Chunk),
    Moved(Moved),
    Note(Note),
    Unknown(String, Document),
}

runtime::variants! {
    Changes {
        Added: body("added"),
        Chunk: body("chunk"),
        Moved: body("moved"),
        Note: body("note"),
    }
}

templates::event_stream::events! {
    Changes: Exception {
        event Added = "added",
        event Chunk = "chunk",
        event Moved = "moved",
        event Note = "note",
        exception "InvalidParameterException" = "invalid",
        exception "SlowDownPleaseException" = "slow",
    }
}

structure!(WatchThing {});
runtime::members! { WatchThing {} }

structure!(Watched { changes: EventStream<Changes>, session: Option<String> });
runtime::members! {
    Watched {
        changes: payload("Changes").stream().required(),
        session: header("Session").wire("x-session"),
    }
}

impl runtime::Operation for WatchThing {
    type Service = Sample;
    type Output = Watched;
    const INFO: OperationInfo = OperationInfo::new("WatchThing").http("POST", "/watch");
}

/// An event of each kind.
pub fn each() -> Vec<Changes> {
    let added = Added { name: Some("ä".to_owned()), size: Some(3) };
    let moved = Moved {
        at: Some(DateTime::parse("2026-01-02T03:04:05.006Z").unwrap()),
        count: Some(1 << 40),
        far: Some(true),
        from: Some("here, \"there\"".to_owned()),
        to: Some(added.clone()),
    };
    vec![
        Changes::Added(added),
        Changes::Added(Added::default()),
        Changes::Chunk(Chunk { bytes: Some(Blob::new([0, 255])) }),
        Changes::Chunk(Chunk::default()),
        Changes::Moved(moved),
        Changes::Moved(Moved { count: Some(-1), far: Some(false), ..Moved::default() }),
        Changes::Note(Note { text: Some("Grüße\n".to_owned()) }),
        Changes::Unknown("later".to_owned(), Document::from("x")),
    ]
}
