//! The command: generates code from one schema, or again from all that the workspace keeps.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use ovn_schemas_codegen::docs::DatabaseDocs;
use ovn_schemas_codegen::{GeneratedFile, Options, VENDORED, generate};
use ovsdb_client::schema::DatabaseSchema;

/// Generates typed Rust tables from an OVSDB schema.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    one: Option<One>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generates all of `FOLDER/src` again from `FOLDER/ovsschema`
    Vendored {
        /// The folder of the package
        #[arg(default_value = "schemas")]
        folder: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
struct One {
    /// The schema
    schema: PathBuf,
    /// The upstream documentation of its columns, as XML
    #[arg(long, value_name = "XML")]
    docs: Option<PathBuf>,
    /// The folder that the module's file and folder are written to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the module
    #[arg(long, value_name = "NAME")]
    module: String,
    /// Where the schema comes from, for the remark in each file
    #[arg(long, value_name = "TEXT", default_value = "")]
    origin: String,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let written = match (arguments.command, arguments.one) {
        (Some(Command::Vendored { folder }), _) => generate_vendored(&folder)?,
        (None, Some(one)) => generate_one(&one)?,
        (None, None) => 0,
    };
    writeln!(io::stdout(), "{written} files written")?;
    Ok(())
}

fn generate_one(one: &One) -> Result<usize> {
    let schema = DatabaseSchema::parse(&read(&one.schema)?)
        .with_context(|| format!("{} is no schema", one.schema.display()))?;
    let docs = match &one.docs {
        None => None,
        Some(path) => Some(
            DatabaseDocs::parse(&read(path)?)
                .with_context(|| format!("{} holds no documentation", path.display()))?,
        ),
    };
    let source = one.schema.file_name().unwrap_or_default();
    let options = Options {
        module: one.module.clone(),
        source: source.to_string_lossy().into_owned(),
        origin: one.origin.clone(),
    };
    let files = generate(&schema, docs.as_ref(), &options);
    write_files(&one.out, &files)?;
    Ok(files.len())
}

fn generate_vendored(folder: &Path) -> Result<usize> {
    let source = folder.join("src");
    let mut written = 0;
    for vendored in &VENDORED {
        let files = vendored.generate(&folder.join("ovsschema"))?;
        write_files(&source, &files)?;
        remove_others(&source, vendored.module, &files)?;
        written += files.len();
    }
    Ok(written)
}

fn write_files(folder: &Path, files: &[GeneratedFile]) -> Result<()> {
    for file in files {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make {}", parent.display()))?;
        }
        fs::write(&path, &file.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// Removes what an earlier schema left in the module's folder.
fn remove_others(folder: &Path, module: &str, files: &[GeneratedFile]) -> Result<()> {
    let current: BTreeSet<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    for entry in fs::read_dir(folder.join(module))? {
        let path = entry?.path();
        if !current.contains(&path) {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
