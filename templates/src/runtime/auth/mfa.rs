//! Codes of MFA devices: a question to the program, which asks a person or reads the device.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use crate::runtime::base::text::one_line;
use crate::runtime::base::threads::{BoxFuture, MaybeSend, MaybeSync, shareable};

/// The future of a code.
type CodeFuture = BoxFuture<'static, Result<String, String>>;

/// The function of the program that returns codes. Clones share it.
#[derive(Clone)]
pub(crate) struct MfaPrompt(Arc<shareable!(dyn Fn(String) -> CodeFuture)>);

impl MfaPrompt {
    pub(crate) fn new<F, E>(ask: impl Fn(String) -> F + MaybeSend + MaybeSync + 'static) -> Self
    where
        F: Future<Output = Result<String, E>> + MaybeSend + 'static,
        E: fmt::Display,
    {
        Self(Arc::new(move |serial| {
            let asking = ask(serial);
            Box::pin(async move { asking.await.map_err(|error| one_line(&error.to_string()).to_string()) })
        }))
    }

    /// The code that the device of this serial number or ARN shows now.
    ///
    /// # Errors
    /// The program returns none, or text that is no code. The code itself is not shown.
    pub(super) async fn code(&self, serial: &str) -> Result<String, String> {
        let code = (self.0)(serial.to_owned()).await;
        let code = code.map_err(|error| format!("no code of the MFA device {serial}: {error}"))?;
        let code = code.trim();
        if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(code.to_owned());
        }
        Err(format!("the code of the MFA device {serial} is not six digits"))
    }
}

impl fmt::Debug for MfaPrompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MfaPrompt")
    }
}
