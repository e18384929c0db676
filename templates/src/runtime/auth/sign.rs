//! AWS Signature Version 4: the headers that prove the sender of a request, and its form for several regions at once (SigV4a,
//! feature `sigv4a`).
//!
//! See "AWS Signature Version 4 for API requests" in the AWS Identity and Access Management User Guide. Where that page
//! leaves a choice (which headers are signed, how a path is encoded), this room does the same as botocore, so that both sign
//! the same request alike.
//!
//! Why this is no library: those that sign also load credentials, and bring XML, INI, dates and derive macros for that. The
//! signature itself is the four short steps of the page above, over SHA-256 and HMAC.

#[cfg(feature = "sigv4a")]
mod asymmetric;
mod canonical;
mod date;
mod error;
mod key;
#[cfg(feature = "sigv4a")]
mod pair;
mod signer;
mod signing;
mod value;

pub use canonical::{CanonicalRequest, PathStyle, RequestParts, host};
pub use date::SigningTime;
pub use error::SignError;
pub use key::Signer;
pub use signer::bearer;
pub use signing::{SignedBody, Signing};
