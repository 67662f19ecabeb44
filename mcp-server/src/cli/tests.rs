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
