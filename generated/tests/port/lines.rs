//! Lines of code, and those that differ between two forms of a program.

/// The lines of a program without blank lines, comments and `use` declarations.
pub fn code_lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut in_use = false;
    for line in text.lines().map(str::trim) {
        in_use |= line.starts_with("use ");
        if !in_use && !line.is_empty() && !line.starts_with("//") {
            lines.push(line);
        }
        in_use &= !line.ends_with(';');
    }
    lines
}

/// The lines of `old` that are not in the longest common subsequence with `new`.
pub fn changed<'a>(old: &[&'a str], new: &[&str]) -> Vec<&'a str> {
    // `common[i][j]`: how many lines the rests after `i` and `j` lines have in common.
    let mut common = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut changed) = (0, 0, Vec::new());
    while i < old.len() {
        if j < new.len() && old[i] == new[j] {
            (i, j) = (i + 1, j + 1);
        } else if j < new.len() && common[i][j + 1] >= common[i + 1][j] {
            j += 1;
        } else {
            changed.push(old[i]);
            i += 1;
        }
    }
    changed
}

#[test]
fn lines_that_differ_are_counted() {
    let old = code_lines("use a::{\n    b,\n};\n// c\nfn f() {\n    g();\n\n    h();\n}\n");
    assert_eq!(old, ["fn f() {", "g();", "h();", "}"]);
    assert_eq!(changed(&old, &old), [""; 0]);
    assert_eq!(changed(&old, &["fn f() {", "i();", "h();", "}"]), ["g();"]);
    assert_eq!(changed(&old, &["fn f() {", "h();", "k();", "}"]), ["g();"]);
}
