//! Required inputs that are missing, as far as a value cannot say it: text that is empty, and inputs that no method set.

/// The caller's knowledge of required inputs. A structure cannot tell text that was never given from text that was given as
/// empty, nor a number that was never given from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmptyText {
    /// Empty text was never given, and is an error: the input is a structure that a program filled member by member.
    Missing,
    /// Empty text was given, and is sent as botocore sends it: each required input was set by a method of its own.
    Given,
    /// No method set these inputs, a bit for each in the order of the required members: an error that names them.
    Unset(u64),
}
