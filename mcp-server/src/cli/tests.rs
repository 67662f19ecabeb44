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
