//! Writers: who made a transaction, by what its comment says.
//!
//! The stock tools begin their comment with their name and a colon, the daemons' is their name;
//! programs on other libraries, ovnkube among them, usually write none.

/// The program that wrote the comment: `ovs-vsctl`, `ovn-northd`; `None` where it does not begin
/// with a name.
pub(super) fn writer(comment: &str) -> Option<&str> {
    let line = comment.lines().next()?;
    let name = line.split([':', ' ']).next()?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    // A sentence such as "compacting database online" begins with a word too, which is nobody.
    let rest = &line[name.len()..];
    let ends = rest.is_empty() || rest.starts_with(':') || rest.starts_with(" (invoked by ");
    (is_name && ends).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_of_a_comment_is_its_writer_where_it_is_a_name() {
        for (comment, expected) in [
            ("ovn-northd", Some("ovn-northd")),
            ("ovn-nbctl: ovn-nbctl ls-add sw0", Some("ovn-nbctl")),
            (
                "ovs-vsctl (invoked by bash): ovs-vsctl add-br x",
                Some("ovs-vsctl"),
            ),
            (
                "ovn-controller\novn-controller: modifying OVS tunnels 'a'",
                Some("ovn-controller"),
            ),
            ("compacting database online", None),
            ("", None),
            (": x", None),
            ("a b: c", None),
        ] {
            assert_eq!(writer(comment), expected, "{comment}");
        }
    }
}
