//! The page: static files that show what a stand-in keeps and answers.

/// A file of the page by its path below the prefix: its type and its text.
pub(super) fn file(path: &str) -> Option<(&'static str, &'static str)> {
    match path {
        "" => Some(("text/html; charset=utf-8", include_str!("page/index.html"))),
        "page.css" => Some(("text/css; charset=utf-8", include_str!("page/page.css"))),
        "page.js" => Some(("text/javascript; charset=utf-8", include_str!("page/page.js"))),
        _ => None,
    }
}
