//! Reasons why keys of the format hold no fact for a client, where several readers have the same.

/// Of sentences at a reference to a shape.
pub(super) const PROSE: &str = "upstream's prose on a reference is not that on the shape";
/// Of what only the XML protocols send.
pub(super) const XML: &str = "names and forms of elements belong to the XML protocols";
