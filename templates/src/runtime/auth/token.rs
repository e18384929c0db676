//! Bearer tokens, which operations carry instead of a signature, and their providers.
//!
//! See "Token provider" in the AWS SDKs and Tools Reference Guide and the Smithy trait `httpBearerAuth`. Tokens are cached and
//! renewed like credentials.

mod bearer;
mod default;
#[cfg(feature = "credentials")]
mod sso_session;

pub use bearer::{BearerToken, ProvideToken, TokenFuture};
pub(crate) use default::DefaultToken;
