//! Puts load on a server, with amazon-connect.

#[path = "../../../common/load.rs"]
mod load;
#[path = "../../../common/measure.rs"]
mod measure;

use amazon_connect::{Client, Config};

const INSTANCE: &str = "8d1f2c3b-0000-4000-8000-000000000001";
const CONTACT: &str = "8d1f2c3b-0000-4000-8000-000000000002";

#[derive(Clone)]
struct Ours(Client);

impl load::Caller for Ours {
    async fn make() -> Self {
        Self(Client::new(&Config::from_env()))
    }

    async fn describe(&self) -> bool {
        self.0.describe_contact().instance_id(INSTANCE).contact_id(CONTACT).send().await.is_ok()
    }

    async fn search(&self, token: Option<String>) -> Option<(usize, Option<String>)> {
        let mut call = self.0.search_users().instance_id(INSTANCE).max_results(100);
        if let Some(token) = token {
            call = call.next_token(token);
        }
        let page = call.send().await.ok()?;
        Some((page.users.map_or(0, |users| users.len()), page.next_token))
    }
}

fn main() {
    load::main::<Ours>();
}
