//! Required text that is empty: missing, or given so.

/// The treatment of required text that is empty. A structure cannot tell text that was never given from text that was given
/// as empty, so the caller says what it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyText {
    /// It was never given, and is an error: the input is a structure that a program filled member by member.
    Missing,
    /// It was given, and is sent as botocore sends it: each required input was set by a method of its own.
    Given,
}
