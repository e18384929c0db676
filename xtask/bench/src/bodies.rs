//! The answers that are decoded: of 2 kB and of 1 MB, the same on every run.

use serde_json::{Value, json};

/// An identifier, as they look.
fn id(number: usize) -> String {
    format!("8d1f2c3b-{:04x}-4000-8000-{number:012x}", number % 0xffff)
}

fn arn(kind: &str, number: usize) -> String {
    format!("arn:aws:connect:us-west-2:123456789012:instance/{}/{kind}/{}", id(1), id(number))
}

/// An answer to `DescribeContact`, of 2 kB.
pub fn contact() -> String {
    let attributes: Value =
        (0..14).map(|n| (format!("attribute-{n}"), format!("the value of attribute {n}"))).collect();
    let segments = json!({
        "connect:Subtype": { "ValueString": "connect:Telephony" },
        "connect:Direction": { "ValueString": "INBOUND" },
    });
    let answer = json!({ "Contact": {
        "Arn": arn("contact", 2),
        "Id": id(2),
        "InitialContactId": id(3),
        "PreviousContactId": id(4),
        "ContactAssociationId": id(5),
        "InitiationMethod": "INBOUND",
        "Name": "A call about an invoice",
        "Description": "The caller asked why the invoice of March was \u{201c}twice as high\u{201d} as that before.",
        "Channel": "VOICE",
        "QueueInfo": { "Id": id(6), "EnqueueTimestamp": 1_700_000_010.25 },
        "AgentInfo": {
            "Id": id(7),
            "AcceptedByAgentTimestamp": 1_700_000_031.5,
            "ConnectedToAgentTimestamp": 1_700_000_032.125,
            "AgentPauseDurationInSeconds": 12,
        },
        "InitiationTimestamp": 1_700_000_000.125,
        "DisconnectTimestamp": 1_700_000_600.5,
        "LastUpdateTimestamp": 1_700_000_601.0,
        "ConnectedToSystemTimestamp": 1_700_000_000.375,
        "TotalPauseCount": 1,
        "QueuePriority": 5,
        "CustomerId": "customer-000000000017",
        "DisconnectReason": "CUSTOMER_DISCONNECT",
        "Tags": { "aws:connect:instanceId": id(1), "department": "billing", "language": "en-US" },
        "Attributes": attributes,
        "SegmentAttributes": segments,
    }});
    answer.to_string()
}

/// An answer to `SearchUsers`: 1,400 users are 1 MB.
pub fn users(count: usize) -> String {
    let user = |number: usize| {
        json!({
            "Arn": arn("agent", number),
            "DirectoryUserId": id(number + 1),
            "HierarchyGroupId": id(number % 20),
            "Id": id(number),
            "IdentityInfo": { "FirstName": format!("Given{number}"), "LastName": format!("Family\u{e9}{number}") },
            "PhoneConfig": {
                "PhoneType": if number % 3 == 0 { "DESK_PHONE" } else { "SOFT_PHONE" },
                "AutoAccept": number % 2 == 0,
                "AfterContactWorkTimeLimit": number % 120,
                "DeskPhoneNumber": format!("+1206555{:04}", number % 10_000),
            },
            "RoutingProfileId": id(number % 30),
            "SecurityProfileIds": [id(11), id(12)],
            "Tags": { "team": format!("team-{}", number % 12), "site": "seattle" },
            "Username": format!("agent{number:05}"),
        })
    };
    let users: Vec<Value> = (0..count).map(user).collect();
    json!({ "Users": users, "NextToken": "more", "ApproximateTotalCount": 5_000 }).to_string()
}

#[cfg(test)]
mod tests {
    use super::{contact, users};

    #[test]
    fn the_answers_have_the_sizes_that_are_written_beside_them() {
        assert!((1_800..2_300).contains(&contact().len()), "{}", contact().len());
        assert!((950_000..1_050_000).contains(&users(1_400).len()), "{}", users(1_400).len());
        assert_eq!(users(10), users(10));
    }
}
