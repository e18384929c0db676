//! Sentences of names as services have them.

use std::collections::BTreeSet;

use super::sentence;

/// The sentence of a name in a service that has these other operations.
fn among(others: &[&str], name: &str) -> Option<String> {
    let operations: BTreeSet<&str> = others.iter().copied().chain([name]).collect();
    sentence(name, &operations)
}

#[test]
fn a_name_is_a_verb_and_its_object() {
    for (name, expected) in [
        ("DescribeContact", "Describes a contact"),
        ("StartOutboundVoiceContact", "Starts an outbound voice contact"),
        ("StartWebRTCContact", "Starts a WebRTC contact"),
        ("ListUsers", "Lists users"),
        ("SearchAgentStatuses", "Searches agent statuses"),
        ("DescribeAgentStatus", "Describes an agent status"),
        ("CreateContactFlowAlias", "Creates a contact flow alias"),
        ("QueryAssistant", "Queries an assistant"),
        ("GetMetricDataV2", "Gets metric data (version 2)"),
        ("GetNextMessage", "Gets the next message"),
        ("ListTagsForResource", "Lists tags for a resource"),
        ("AssociateContactWithUser", "Associates a contact with a user"),
        ("DescribeHoursOfOperation", "Describes hours of operation"),
        ("CreateHoursOfOperationOverride", "Creates an hours of operation override"),
        ("GetAuthenticationUrl", "Gets an authentication URL"),
        ("ListARNs", "Lists ARNs"),
        ("CreateAIAgent", "Creates an AI agent"),
        ("BatchPutContact", "Puts contacts in one batch"),
        ("PutOutboundRequestBatch", "Puts outbound requests in one batch"),
        ("StartMergeCases", "Starts to merge cases"),
    ] {
        assert_eq!(among(&[], name).as_deref(), Some(expected), "{name}");
    }
}

#[test]
fn an_object_may_be_a_part_of_an_entity() {
    let others =
        ["CreateQueue", "DescribeQueue", "CreateContact", "DescribeContact", "CreateQueueName2", "DescribeQueueName2"];
    for (name, expected) in [
        ("UpdateQueueName", "Updates the name of a queue"),
        ("ListQueueQuickConnects", "Lists the quick connects of a queue"),
        ("AssociateQueueQuickConnects", "Associates quick connects with a queue"),
        ("DisassociateQueueQuickConnects", "Disassociates quick connects from a queue"),
        ("SuspendContactRecording", "Suspends the recording of a contact"),
        ("DeleteContactData", "Deletes contact data"),
        ("UpdateQueueOutboundCallerConfig", "Updates the outbound caller configuration of a queue"),
        ("BatchGetQueueStatus", "Gets the statuses of queues in one batch"),
        ("UpdateQueueName2", "Updates a queue name2"),
    ] {
        assert_eq!(among(&others, name).as_deref(), Some(expected), "{name}");
    }
    assert_eq!(among(&[], "UpdateQueueName").as_deref(), Some("Updates a queue name"));
}

#[test]
fn other_names_make_no_sentence() {
    for name in [
        "Retrieve",
        "PhoneNumberValidate",
        "listThings",
        "",
        "V2",
        "Batch",
        "ListV2",
        "é",
        "GetÉtat",
        "Get[a](b)",
        "Get_a",
    ] {
        assert_eq!(among(&[], name), None, "{name}");
    }
}
