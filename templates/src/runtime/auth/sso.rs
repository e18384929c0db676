//! Sign-ins with IAM Identity Center: the token that `aws sso login` leaves, renewed where that is possible.
//!
//! See "Understand IAM Identity Center authentication" in the AWS SDKs and Tools Reference Guide, and `CreateToken` in the
//! IAM Identity Center OIDC API Reference.

mod exchange;
mod sign_in;
mod token_file;

use crate::runtime::auth::context::Context;
use crate::runtime::auth::token::BearerToken;
use crate::runtime::base::profile::Profile;
use crate::runtime::base::threads::BoxFuture;
pub(super) use sign_in::{SignIn, setting, sign_in};
use token_file::TokenFile;

/// A token of a sign-in that serves now. `selected` is the selected profile, whose endpoint settings count.
pub(super) fn token<'a>(
    context: &'a Context,
    selected: Profile<'a>,
    sign_in: &'a SignIn,
) -> BoxFuture<'a, Result<BearerToken, String>> {
    Box::pin(async move {
        let file = TokenFile::read(context, sign_in).await?;
        if file.is_due(context, sign_in) {
            exchange::exchange(context, selected, sign_in, file).await
        } else {
            file.token(context, sign_in)
        }
    })
}
