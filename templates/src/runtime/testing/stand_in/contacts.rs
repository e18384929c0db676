//! Contacts: their starts in every channel, their states and times, their attributes, and searches of them.

mod change;
mod check;
mod read;
mod record;
mod start;
mod within;

use super::engine::Behaviour;

/// The operations on contacts that have code of their own.
pub(super) const OPERATIONS: [(&str, Behaviour); 44] = [
    ("AssociateContactWithUser", within::associate_user),
    ("BatchPutContact", within::batch),
    ("CreateContact", start::create),
    ("CreateParticipant", within::participant),
    ("CreatePersistentContactAssociation", within::persistent),
    ("DeleteContactData", within::delete_data),
    ("DescribeContact", read::describe),
    ("DismissUserContact", within::dismiss),
    ("GetContactAttributes", read::attributes),
    ("ListAssociatedContacts", read::associated),
    ("ListContactReferences", read::references),
    ("MonitorContact", within::monitor),
    ("PauseContact", change::pause),
    ("ResumeContact", change::resume),
    ("ResumeContactRecording", within::resume_recording),
    ("SearchContacts", read::search),
    ("StartAssistantContact", start::assistant),
    ("StartChatContact", start::chat),
    ("StartContactConversationalAnalyticsJob", within::analytics),
    ("StartContactMediaProcessing", within::in_running),
    ("StartContactRecording", within::start_recording),
    ("StartContactStreaming", within::start_streaming),
    ("StartEmailContact", start::email),
    ("StartOutboundChatContact", start::outbound_chat),
    ("StartOutboundEmailContact", start::outbound_email),
    ("StartOutboundVoiceContact", start::outbound_voice),
    ("StartScreenSharing", within::in_running),
    ("StartTaskContact", start::task),
    ("StartWebRTCContact", start::web_call),
    ("StopContact", change::stop),
    ("StopContactMediaProcessing", within::in_running),
    ("StopContactRecording", within::stop_recording),
    ("StopContactStreaming", within::stop_streaming),
    ("SuspendContactRecording", within::suspend_recording),
    ("TagContact", change::tag),
    ("TransferContact", change::transfer),
    ("UntagContact", change::untag),
    ("UpdateContact", change::update),
    ("UpdateContactAttributes", change::set_attributes),
    ("UpdateContactRoutingData", change::update),
    ("UpdateContactSchedule", change::schedule),
    ("UpdateContactTaskTemplate", change::task_template),
    ("UpdateOutboundEmailContactMessage", within::set_message),
    ("UpdateParticipantRoleConfig", within::in_running),
];
