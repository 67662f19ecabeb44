//! A run: the chosen parts one after the other, and a folder that tells of them.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, bail};
use jiff::Zoned;

use crate::measured::{Log, Measured};
use crate::part::{Bench, PARTS, Part};
use crate::{plot, table, target};

/// The measurements, one JSON object a line.
pub const RAW: &str = "raw.jsonl";
/// What stands between these in a README is made from the measurements.
const BEGIN: &str = "<!-- benchmarks -->";
const END: &str = "<!-- /benchmarks -->";

/// How many rounds there are.
/// **Default and why**: 3, whose median is not the one that something disturbed.
const ROUNDS: usize = 3;

/// What is to be run.
#[derive(Debug, Default)]
pub struct Order {
    /// The parts, all where none is named.
    pub parts: Vec<Part>,
    /// Whether to run the least of everything.
    pub short: bool,
    /// The folder; by default one for the date and the machine in `benches/runs`.
    pub out: Option<PathBuf>,
    /// Whether the main README is to show the outcome.
    pub readme: bool,
    /// Whether the measurements come beside those that are in the folder already.
    pub add: bool,
    /// Whether nothing is measured, and the tables and plots are made anew from what was.
    pub render: bool,
    /// How many rounds there are.
    pub rounds: Option<usize>,
}

impl Order {
    /// Reads `[PART…] [--short] [--out FOLDER] [--rounds N] [--add] [--render] [--readme]`.
    ///
    /// # Errors
    /// A word is none of these.
    pub fn parse(words: &[&str]) -> Result<Self> {
        let mut order = Self::default();
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                "--short" => order.short = true,
                "--add" => order.add = true,
                "--readme" => order.readme = true,
                "--render" => order.render = true,
                "--out" => order.out = Some(words.next().context("which folder?")?.into()),
                "--rounds" => order.rounds = Some(words.next().context("how many?")?.parse()?),
                name => match PARTS.iter().find(|part| part.name == name) {
                    Some(part) => order.parts.push(*part),
                    None => {
                        let names: Vec<&str> = PARTS.iter().map(|part| part.name).collect();
                        bail!("there is no part {name}; there are {}", names.join(", "));
                    }
                },
            }
        }
        if order.parts.is_empty() {
            order.parts = PARTS.to_vec();
        }
        Ok(order)
    }

    /// Runs it, and gives the folder.
    ///
    /// # Errors
    /// A part failed; what was measured until then stays in the folder.
    pub fn run(&self, command: &str) -> Result<PathBuf> {
        let out = match &self.out {
            Some(out) => out.clone(),
            None => root().join("benches/runs").join(name()),
        };
        if self.render {
            self.tell(&read(&out)?, &out, None)?;
            return Ok(out);
        }
        fs::create_dir_all(&out).with_context(|| format!("cannot make {}", out.display()))?;
        let space = tempfile::Builder::new().prefix("ovn-bench-").tempdir()?;
        let load = load();
        let mut bench = Bench {
            log: match self.add {
                true => Log::append(&out.join(RAW))?,
                false => Log::create(&out.join(RAW))?,
            },
            directory: space.path().to_owned(),
            short: self.short,
            rounds: self.rounds.unwrap_or(if self.short { 1 } else { ROUNDS }),
        };
        let mut failed = Vec::new();
        for part in &self.parts {
            say(part);
            if let Err(error) = (part.run)(&mut bench) {
                failed.push(format!("{}: {error:#}", part.name));
            }
        }
        let mut text = about(command, &load);
        for failure in &failed {
            let _ = writeln!(text, "- **failed**: {failure}");
        }
        let _ = write!(text, "\n{BEGIN}\n{END}\n");
        self.tell(bench.log.all(), &out, Some(text))?;
        match failed.as_slice() {
            [] => Ok(out),
            failed => bail!("{}", failed.join("\n")),
        }
    }

    /// Writes what is made from the measurements; `about` is what else the run's README says,
    /// where that is not there yet.
    fn tell(&self, all: &[Measured], out: &Path, about: Option<String>) -> Result<()> {
        let path = out.join("README.md");
        let about = about.map_or_else(|| fs::read_to_string(&path), Ok)?;
        fs::write(&path, inserted(&about, &format!("\n{}", rendered(all)))?)?;
        for (name, svg) in plots(all) {
            fs::write(out.join(name), svg)?;
        }
        if self.readme {
            let path = root().join("README.md");
            let readme = fs::read_to_string(&path).context("the main README")?;
            fs::write(&path, inserted(&readme, &summary(all, out))?)?;
        }
        Ok(())
    }
}

/// Everything in a run's README that is made from its measurements.
pub fn rendered(all: &[Measured]) -> String {
    let mut text = format!("\n## Targets\n\n{}", target::table(all));
    for part in &PARTS {
        if table::works(all, part.name).is_empty() {
            continue;
        }
        let _ = write!(
            text,
            "\n## {}\n\n{}",
            part.title,
            table::part(all, part.name)
        );
        if plot::part(all, part.name, part.title).is_some() {
            let _ = write!(text, "\n![{}]({}.svg)\n", part.title, part.name);
        }
    }
    text.push('\n');
    text
}

/// The plots of a run by the names of their files.
pub fn plots(all: &[Measured]) -> Vec<(String, String)> {
    let plot = |part: &Part| {
        let svg = plot::part(all, part.name, part.title)?;
        Some((format!("{}.svg", part.name), svg))
    };
    PARTS.iter().filter_map(plot).collect()
}

/// Reads the measurements of a run.
///
/// # Errors
/// They are not there or not whole.
pub fn read(folder: &Path) -> Result<Vec<Measured>> {
    let path = folder.join(RAW);
    let text = fs::read_to_string(&path).with_context(|| format!("{}", path.display()))?;
    let line = |line: &str| serde_json::from_str(line).with_context(|| line.to_owned());
    text.lines().map(line).collect()
}

/// What stands between the markers of a text.
///
/// # Errors
/// The markers are not there.
pub fn between(text: &str) -> Result<&str> {
    let (_, rest) = text.split_once(BEGIN).context("no marker begins")?;
    let (inside, _) = rest.split_once(END).context("no marker ends")?;
    Ok(inside)
}

/// What the main README says of a run.
pub fn summary(all: &[Measured], folder: &Path) -> String {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    format!(
        "\n{}\nFrom [benches/runs/{name}](benches/runs/{name}), where the raw data and the other \
         peers are.\n",
        target::table(all)
    )
}

fn inserted(readme: &str, summary: &str) -> Result<String> {
    let old = between(readme)?;
    Ok(readme.replace(
        &format!("{BEGIN}{old}{END}"),
        &format!("{BEGIN}{summary}{END}"),
    ))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of a run: the date, and what kind of machine.
fn name() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let date = Zoned::now().date();
    format!("{date}-{}-{cores}-cores", std::env::consts::ARCH)
}

fn about(command: &str, load: &str) -> String {
    let mut text = format!(
        "# Benchmarks of {}\n\nMedians of the rounds. Compare within a run only. How it is \
         measured, and what of the answers is compared, stands in \
         [benches/README.md](../../README.md).\n\n- command: `{command}`\n",
        Zoned::now().date()
    );
    let first = |program: &str, words: &[&str]| {
        let done = Command::new(program).args(words).output().ok()?;
        let text = String::from_utf8(done.stdout).ok()?;
        text.lines().next().map(str::to_owned)
    };
    let python = "import ovs.version; print('Python ovs', ovs.version.VERSION)";
    let versions = [
        first("git", &["describe", "--always", "--dirty"]).map(|id| format!("ovnscope at {id}")),
        first("rustc", &["--version"]),
        first("ovsdb-server", &["--version"]),
        first("ovn-nbctl", &["--version"]),
        first("/usr/bin/python3", &["-c", python]),
        first("valgrind", &["--version"]),
    ];
    let versions: Vec<String> = versions.into_iter().flatten().collect();
    let _ = writeln!(text, "- versions: {}", versions.join("; "));
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name"));
    let model = model
        .unwrap_or("processor")
        .trim_start_matches(['\t', ' ', ':']);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().next().unwrap_or_default().to_owned();
    let kernel = first("uname", &["-sr"]).unwrap_or_default();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let _ = writeln!(text, "- machine: {cores} × {model}; {memory}; {kernel}");
    let build = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    let _ = writeln!(text, "- build: {build}");
    let _ = writeln!(
        text,
        "- load averages: {load} before, {} after",
        self::load()
    );
    text
}

fn load() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').take(3).collect::<Vec<_>>().join(" ")
}

#[expect(
    clippy::print_stderr,
    reason = "whoever waits for minutes is told how far it is"
)]
fn say(part: &Part) {
    eprintln!("{}: {}", part.name, part.title);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_part_is_answered_with_those_there_are() {
        let error = Order::parse(&["sink"]).unwrap_err().to_string();
        assert!(
            error.starts_with("there is no part sink; there are sync, "),
            "{error}"
        );
        let order = Order::parse(&["query", "--short"]).unwrap();
        assert_eq!((order.parts.len(), order.short), (1, true));
        assert_eq!(Order::parse(&[]).unwrap().parts.len(), PARTS.len());
    }

    #[test]
    fn a_summary_replaces_the_one_before_and_nothing_else() {
        let readme = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let new = inserted(&readme, "\nnew\n").unwrap();
        assert_eq!(new, format!("a\n{BEGIN}\nnew\n{END}\nb\n"));
        assert!(inserted("nothing", "x").is_err());
    }
}
