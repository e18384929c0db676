//! Blocks of a document that a command writes: what stands between two comments of the block's name. The rest is written by hand.

/// The document with another text in a block; `None` where it has no such block.
#[must_use]
pub fn replace(document: &str, name: &str, text: &str) -> Option<String> {
    let start = document.find(&format!("<!-- {name}: begin"))?;
    let start = start + document[start..].find('\n')? + 1;
    let end = start + document[start..].find(&format!("<!-- {name}: end"))?;
    Some(format!("{}{text}{}", &document[..start], &document[end..]))
}

#[cfg(test)]
mod tests {
    use super::replace;

    #[test]
    fn a_block_is_replaced_and_the_rest_stays() {
        let document = "# A\n<!-- areas: begin, by codegen -->\nold\nlines\n<!-- areas: end -->\nrest\n";
        let expected = "# A\n<!-- areas: begin, by codegen -->\nnew\n<!-- areas: end -->\nrest\n";
        assert_eq!(replace(document, "areas", "new\n").as_deref(), Some(expected));
        assert_eq!(replace(expected, "areas", "new\n").as_deref(), Some(expected));
    }

    #[test]
    fn a_document_without_the_block_has_nothing_to_replace() {
        for document in
            ["", "<!-- areas: begin", "<!-- areas: begin -->\n", "<!-- other: begin -->\n<!-- other: end -->"]
        {
            assert_eq!(replace(document, "areas", "new"), None, "{document}");
        }
    }
}
