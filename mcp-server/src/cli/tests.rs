//! The command line's own texts.

use super::*;

fn help(path: &[&str], long: bool) -> String {
    let mut command = command();
    command.build();
    let mut command = &mut command;
    for name in path {
        command = command.find_subcommand_mut(name).expect("a subcommand");
    }
    let command = command.clone().term_width(100);
    let mut command = command;
    let help = if long {
        command.render_long_help()
    } else {
        command.render_help()
    };
    help.to_string()
}

#[test]
fn the_command_line_is_well_formed() {
    command().debug_assert();
}

#[test]
fn help_says_what_there_is() {
    insta::assert_snapshot!("help", help(&[], false));
    for tool in &TOOLS {
        insta::assert_snapshot!(
            format!("help_{}", tool.name),
            help(&[&tool.command_name()], true)
        );
    }
    insta::assert_snapshot!("help_mcp", help(&[MCP], true));
    insta::assert_snapshot!("help_serve", help(&[SERVE], true));
    insta::assert_snapshot!("help_record", help(&[RECORD], true));
    #[cfg(feature = "kube")]
    insta::assert_snapshot!("help_forward", help(&[FORWARD], true));
}

#[test]
fn sources_before_and_after_the_subcommand_both_count() {
    let arguments = [
        "ovnscope",
        "--source",
        "recorded:a",
        "mcp",
        "--source",
        "recorded:b",
    ];
    let matches = command()
        .try_get_matches_from(arguments)
        .expect("it parses");
    let (_, options) = matches.subcommand().expect("a subcommand");
    let named: Vec<String> = [&matches, options]
        .into_iter()
        .flat_map(sources)
        .map(|source| source.to_string())
        .collect();
    assert_eq!(named, ["recorded:a", "recorded:b"]);
}

#[test]
fn the_files_of_tls_are_named_at_either_level_and_all_together() {
    let named = [
        "--private-key",
        "key.pem",
        "--certificate",
        "cert.pem",
        "--ca-cert",
        "ca.pem",
    ];
    for at in [1, 2] {
        let mut arguments = vec!["ovnscope", "sources-list"];
        arguments.splice(at..at, named);
        let matches = command().try_get_matches_from(&arguments).expect("usable");
        let (_, options) = matches.subcommand().expect("a subcommand");
        let files = tls_files(options).expect("three files");
        assert_eq!(files.private_key.to_str(), Some("key.pem"));
        assert_eq!(files.certificate.to_str(), Some("cert.pem"));
        assert_eq!(files.ca_certificate.to_str(), Some("ca.pem"));
    }
    let few = [&["ovnscope"], &named[..4], &["sources-list"]].concat();
    let error = command().try_get_matches_from(few).expect_err("too few");
    let text = error.to_string();
    assert!(
        text.contains("not provided") && text.contains("--ca-cert <PEM>"),
        "{text}"
    );
}

#[test]
fn a_tool_is_asked_alike_whether_the_others_are_described_or_not() {
    for line in [
        "ovnscope rows-find --db nb --table ACL --where name==x --json --max-tokens 900",
        "ovnscope --source demo health-check --source recorded:a --detail full",
        "ovnscope --private-key a --certificate b --ca-cert c sources-list",
        "ovnscope record --output to demo",
        "ovnscope",
    ] {
        let words = || line.split(' ').map(OsString::from);
        let [brief, whole] =
            [matches(words()), command().try_get_matches_from(words())].map(|matches| {
                let told = format!("{:?}", matches.expect("it parses"));
                // What else could have been given stands in another order.
                let parts = told.split("valid_args: [");
                let rest = |part: &str| part.split_once(']').map(|(_, rest)| rest.to_owned());
                parts.map(rest).collect::<Vec<_>>()
            });
        assert_eq!(brief, whole, "{line}");
    }
    for line in [
        "ovnscope --help",
        "ovnscope rows-find --help",
        "ovnscope rows-find --db nb --tabel ACL",
        "ovnscope row-find",
        "ovnscope rows-find --max-tokens 900 --db nb --table ACL",
    ] {
        let words = || line.split(' ').map(OsString::from);
        let [brief, whole] = [matches(words()), command().try_get_matches_from(words())]
            .map(|matches| matches.expect_err("help or an error").to_string());
        assert_eq!(brief, whole, "{line}");
    }
}
