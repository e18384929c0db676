//! Tests of the conversion of HTML, well-formed and hostile.

use super::markdown;

fn plain(html: &str) -> String {
    let link = |name: &str| (name == "Contact").then(|| "crate::types::Contact".to_owned());
    markdown(html, &link)
}

#[test]
fn paragraphs_marks_and_links() {
    for (html, expected) in [
        ("<p>One.</p>\n <p>Two\n  lines.</p>", "One.\n\nTwo lines."),
        ("a <b> bold </b>b <i>i</i><code>c_d</code>", "a **bold** b *i*`c_d`"),
        ("<a href=\"https://x/y\">the <code>y</code></a>.", "[the `y`](<https://x/y>)."),
        ("<a href=\"https://x/API_Contact.html#a\">it</a>", "[it](crate::types::Contact)"),
        ("See <code>Contact</code>, <code>Other</code>.", "See [`Contact`](crate::types::Contact), `Other`."),
        ("<a href=\"javascript:x\">a</a> <a href=API_Other.html>b</a> <a>c</a><a href=\"https://x\"></a>", "a b c"),
        ("see https://x.y/z_a?b=c. (http://q.r)", "see <https://x.y/z_a?b=c>. (<http://q.r>)"),
        ("a<br>b<h3>Title</h3>c", "a\n\nb\n\n**Title**\n\nc"),
        ("a &lt;b&gt; &amp;amp; c", "a \\<b\\> \\&amp; c"),
    ] {
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn lists_notes_code_and_tables() {
    for (html, expected) in [
        ("a<ul><li><p>b</p></li><li>c<ol><li>d</li><li>e</li></ol></li></ul>f", "a\n\n- b\n- c\n\n  1. d\n  2. e\n\nf"),
        ("<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><p>d</p></dd></dl>", "- a\n\n  b\n- c\n\n  d"),
        ("<note><p>a</p><ul><li>b</li></ul></note>c", "> **Note:**\n>\n> a\n>\n> - b\n\nc"),
        ("a<important>b</important>", "a\n\n> **Important:**\n>\n> b"),
        ("<ul><li>a<note>b</note></li></ul>", "- a\n\n  > **Note:**\n  >\n  > b"),
        ("<pre>a\n  b ```\n</pre>", "````text\na\n  b ```\n````"),
        (
            "<table><tr><th>a</th><th>b|c</th></tr><tr><td><p>d</p><p>e</p></td></tr></table>",
            "| a | b\\|c |\n|---|---|\n| d e |  |",
        ),
    ] {
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn nothing_of_a_text_is_taken_for_a_mark() {
    for (html, expected) in [
        ("# a", "\\# a"),
        ("- a", "\\- a"),
        ("12. a", "12\\. a"),
        ("<p>=== a</p>", "\\=== a"),
        ("[a](b) *c* _d_ `e` ~~f~~ \\g", "\\[a\\](b) \\*c\\* \\_d\\_ \\`e\\` \\~\\~f\\~\\~ \\\\g"),
        ("<code>a`b</code> <code>`</code>", "``a`b`` `` ` ``"),
        ("a\u{202e}b\u{0}", "a\\\\u\\{202e\\}b\\\\u\\{0\\}"),
    ] {
        assert_eq!(plain(html), expected, "{html}");
    }
}

#[test]
fn hostile_html_is_a_text_with_no_html_in_it() {
    for html in [
        "<b><i><code>a",
        "</p></b></ul>a",
        "<ul><li><ul><li><note>a",
        "<li>a</li>",
        "<td>a<tr>b",
        "<table><note><ul><li>a",
        "<code><b>a</code></b>",
        "<a href=\"https://x\"><a href=\"https://y\">a</a></a>",
        "*/ a",
        "<script>alert(1)</script>a",
        "<pre><p>a</pre",
        "<b><p>a</b></p>",
        "<p><b>a<ul><li>b</b></ul>",
        "<img onerror=x>a",
        "<<p>>a",
        "<a href=\"https://x\\\">a",
    ] {
        let text = plain(html);
        assert!(text.contains('a'), "{html}: {text}");
        let unescaped = text.replace("\\<", "").replace("](<https://", "");
        let code = text.contains("text\n");
        assert!(code || !unescaped.contains('<'), "{html}: {text}");
        assert!(text.lines().all(|line| line.trim_end() == line), "{html}: {text:?}");
    }
}

#[test]
fn a_huge_text_is_cut_and_takes_no_time() {
    for piece in
        ["<b>", "<ul><li>", "<a href='", "<script>", "</b>", "<table><tr><td>", "&", "<p \"", "a ", "<!--", "<pre>"]
    {
        let text = plain(&piece.repeat(300_000));
        assert!(text.len() < 1_000_000, "{piece}: {}", text.len());
    }
}
