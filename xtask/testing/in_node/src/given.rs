//! Values that the example gives to the client. None of them is `Send` or `Sync`, as the values of an engine are not: on a target
//! with one thread the client asks for neither.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use amazon_connect::config::host::Host;
use amazon_connect::config::{BeforeSigning, Intercept, InterceptError};
use amazon_connect::credentials::{Credentials, CredentialsFuture, ProvideCredentials};
use amazon_connect::http::TransportError;
use bytes::Bytes;
use http_body::{Body, Frame};

use crate::host::Engine;

/// A counter that its clones share.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count(Rc<Cell<u32>>);

impl Count {
    pub(crate) fn add(&self) {
        self.0.set(self.0.get() + 1);
    }

    pub(crate) fn get(&self) -> u32 {
        self.0.get()
    }
}

/// Keys that come later, as from a store of the engine.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) loaded: Count,
}

impl ProvideCredentials for Keys {
    fn credentials(&self) -> CredentialsFuture<'_> {
        Box::pin(async {
            let loaded = self.loaded.clone();
            Engine.sleep(Duration::ZERO).await;
            loaded.add();
            Ok(Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
        })
    }
}

/// An interceptor that counts requests.
#[derive(Debug)]
pub(crate) struct Signed(pub(crate) Count);

impl Intercept for Signed {
    fn modify_before_signing(&self, _: &mut BeforeSigning<'_>) -> Result<(), InterceptError> {
        self.0.add();
        Ok(())
    }
}

/// A body that comes from a value of the engine.
pub(crate) struct Content(pub(crate) Rc<Cell<Bytes>>);

impl Body for Content {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let bytes = self.0.take();
        Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
    }
}
