//! Puts load on a server, with aws-sdk-connect.

#[path = "../../../common/load.rs"]
mod load;
#[path = "../../../common/measure.rs"]
mod measure;

use aws_config::BehaviorVersion;
use aws_sdk_connect::Client;

const INSTANCE: &str = "8d1f2c3b-0000-4000-8000-000000000001";
const CONTACT: &str = "8d1f2c3b-0000-4000-8000-000000000002";

#[derive(Clone)]
struct Peer(Client);

impl load::Caller for Peer {
    async fn make() -> Self {
        Self(Client::new(&aws_config::load_defaults(BehaviorVersion::latest()).await))
    }

    async fn describe(&self) -> bool {
        self.0.describe_contact().instance_id(INSTANCE).contact_id(CONTACT).send().await.is_ok()
    }

    async fn search(&self, token: Option<String>) -> Option<(usize, Option<String>)> {
        let call = self.0.search_users().instance_id(INSTANCE).max_results(100).set_next_token(token);
        let page = call.send().await.ok()?;
        Some((page.users.map_or(0, |users| users.len()), page.next_token))
    }
}

fn main() {
    load::main::<Peer>();
}
