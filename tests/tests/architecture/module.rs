//! Modules: the files of a package as the tree that Rust sees, and who uses whom in it.

use std::collections::{BTreeMap, BTreeSet};

use crate::import::{Import, imports};
use crate::item::{Declaration, declarations};
use crate::source::Source;
use crate::workspace::sources_of;

/// A module's path from the root: `["value", "wire"]`.
pub(crate) type Path = Vec<String>;

/// How many re-exports one name can go through; a loop of them ends here.
const REEXPORTS: usize = 16;

/// The modules of a package that the product compiles.
#[derive(Debug, Default)]
pub(crate) struct Tree<'a> {
    modules: BTreeMap<Path, Vec<Module<'a>>>,
}

/// One file.
#[derive(Debug)]
struct Module<'a> {
    source: &'a Source,
    imports: Vec<Import>,
    declarations: Vec<Declaration>,
}

/// A module uses another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    /// Who.
    pub(crate) from: Path,
    /// The module that the import names.
    pub(crate) named: Path,
    /// The module where the item is, re-exports followed.
    pub(crate) defined: Path,
    /// Where it says so: `file:line`.
    pub(crate) shown: String,
}

impl Tree<'static> {
    /// The tree of a package of the workspace.
    pub(crate) fn of(package: &str) -> Self {
        Self::new(package, sources_of(package))
    }
}

impl<'a> Tree<'a> {
    /// The tree of a package's files.
    ///
    /// A module that no file declares counts as the product's; one under `#[cfg(test)]` and what
    /// stands below it does not.
    pub(crate) fn new(package: &str, sources: impl IntoIterator<Item = &'a Source>) -> Self {
        let mut modules: BTreeMap<Path, Vec<Module<'a>>> = BTreeMap::new();
        for source in sources {
            let Some(file) = source.in_package(package) else {
                continue;
            };
            modules.entry(module_path(file)).or_default().push(Module {
                source,
                imports: imports(&source.product),
                declarations: declarations(&source.tokens),
            });
        }
        let tests: Vec<Path> = children(&modules)
            .filter(|(_, declaration)| declaration.test_only)
            .map(|(path, _)| path)
            .collect();
        modules.retain(|path, _| !tests.iter().any(|test| path.starts_with(test)));
        Self { modules }
    }

    /// The files, with the module that each is.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&Path, &'a Source)> {
        self.modules
            .iter()
            .flat_map(|(path, files)| files.iter().map(move |file| (path, file.source)))
    }

    /// The modules that the root declares, in their order.
    pub(crate) fn order(&self) -> Vec<&Declaration> {
        let root = self.modules.get(&Path::new()).into_iter().flatten();
        root.flat_map(|file| &file.declarations).collect()
    }

    /// The files that no `mod` line reaches.
    pub(crate) fn strays(&self) -> Vec<&'a Source> {
        let declared: BTreeSet<Path> = children(&self.modules).map(|(path, _)| path).collect();
        self.files()
            .filter(|(path, _)| !path.is_empty() && !declared.contains(*path))
            .map(|(_, source)| source)
            .collect()
    }

    /// Who uses whom.
    pub(crate) fn uses(&self) -> Vec<Use> {
        let mut uses = Vec::new();
        for (from, files) in &self.modules {
            for file in files {
                for import in &file.imports {
                    let Some(path) = self.absolute(from, import) else {
                        continue;
                    };
                    let named = self.module(&path).to_vec();
                    uses.push(Use {
                        from: from.clone(),
                        defined: self.definition(path),
                        named,
                        shown: format!("{}:{}", file.source.path, import.line),
                    });
                }
            }
        }
        uses
    }

    /// The path from the root; `None` for other packages' items and for what the file itself holds.
    fn absolute(&self, from: &[String], import: &Import) -> Option<Path> {
        let first = import.path.first()?;
        let up = import
            .path
            .iter()
            .take_while(|part| *part == "super")
            .count();
        let (base, skip) = match &**first {
            "crate" => (&[][..], 1),
            "self" if import.depth == 0 => (from, 1),
            "self" => return None,
            "super" => {
                let up_from_file = up.checked_sub(import.depth).filter(|&files| files > 0)?;
                (&from[..from.len().checked_sub(up_from_file)?], up)
            }
            // A child may be named without `self`.
            child => {
                let mut path = from.to_vec();
                path.push(child.to_owned());
                self.modules.get(&path)?;
                (from, 0)
            }
        };
        Some([base, &import.path[skip..]].concat())
    }

    /// The innermost module on a path.
    fn module<'p>(&self, path: &'p [String]) -> &'p [String] {
        (0..=path.len())
            .rev()
            .map(|length| &path[..length])
            .find(|module| self.modules.contains_key(*module))
            .unwrap_or_default()
    }

    /// The module where the item with this path stands, re-exports within the package followed.
    fn definition(&self, mut path: Path) -> Path {
        for _ in 0..REEXPORTS {
            let module = self.module(&path).to_vec();
            let Some(item) = path.get(module.len()) else {
                return module;
            };
            let onward = self
                .modules
                .get(&module)
                .into_iter()
                .flatten()
                .flat_map(|file| &file.imports)
                .filter(|import| import.depth == 0 && import.name == *item)
                .find_map(|import| self.absolute(&module, import));
            match onward {
                Some(mut onward) if onward != path => {
                    onward.extend_from_slice(&path[module.len() + 1..]);
                    path = onward;
                }
                _ => return module,
            }
        }
        self.module(&path).to_vec()
    }
}

/// The modules that files declare, with their paths.
fn children<'m>(
    modules: &'m BTreeMap<Path, Vec<Module<'_>>>,
) -> impl Iterator<Item = (Path, &'m Declaration)> {
    modules.iter().flat_map(|(parent, files)| {
        let declarations = files.iter().flat_map(|file| &file.declarations);
        declarations.map(|declaration| {
            let mut path = parent.clone();
            path.push(declaration.name.clone());
            (path, declaration)
        })
    })
}

/// The module of a file under `src`.
fn module_path(file: &str) -> Path {
    match file.trim_end_matches(".rs") {
        "lib" | "main" => Path::new(),
        // A program of its own, which Cargo finds.
        path if path
            .strip_prefix("bin/")
            .is_some_and(|name| !name.contains('/')) =>
        {
            Path::new()
        }
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// A small package for tests: files by their path under `src`.
#[cfg(test)]
pub(crate) fn package(files: &[(&str, &str)]) -> Vec<Source> {
    files
        .iter()
        .map(|(path, text)| {
            Source::parse(&format!("p/src/{path}"), text).expect("the text is Rust")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(files: &[(&str, &str)], expected: &[&str]) {
        let sources = package(files);
        let uses: Vec<String> = Tree::new("p", &sources)
            .uses()
            .iter()
            .map(|found| {
                let [from, named, defined] =
                    [&found.from, &found.named, &found.defined].map(|path| path.join("::"));
                format!("{from} uses {named} for {defined}")
            })
            .collect();
        assert_eq!(uses, expected);
    }

    #[test]
    fn an_item_is_found_where_it_is_defined() {
        check(
            &[
                ("lib.rs", "mod a; mod b; pub use a::A;"),
                ("a.rs", "mod c; pub use self::c::{A, A as B};"),
                ("a/c.rs", ""),
                ("b.rs", "use crate::A; use crate::a::B; use serde::S;"),
            ],
            &[
                " uses a for a::c",
                "a uses a::c for a::c",
                "a uses a::c for a::c",
                "b uses  for a::c",
                "b uses a for a::c",
            ],
        );
    }

    #[test]
    fn an_import_by_super_counts_from_the_file() {
        check(
            &[
                ("a.rs", "fn f() {}"),
                (
                    "a/b.rs",
                    "use super::f; mod m { use super::g; use super::super::f; }",
                ),
            ],
            &["a::b uses a for a", "a::b uses a for a"],
        );
    }

    #[test]
    fn what_tests_alone_compile_uses_nothing() {
        check(
            &[
                ("lib.rs", "mod a; mod b; #[cfg(test)] mod samples;"),
                ("a.rs", "#[cfg(test)] mod tests;"),
                ("a/tests.rs", "use crate::b::B;"),
                ("b.rs", "#[cfg(test)] mod tests { use crate::a::A; }"),
                ("samples.rs", "mod c;"),
                ("samples/c.rs", "use crate::a::A;"),
            ],
            &[],
        );
    }

    #[test]
    fn re_exports_that_go_in_a_circle_end() {
        check(
            &[
                ("a.rs", "pub use crate::b::X;"),
                ("b.rs", "pub use crate::a::X;"),
            ],
            &["a uses b for b", "b uses a for a"],
        );
    }

    #[test]
    fn a_file_that_nobody_declares_is_a_stray() {
        let sources = package(&[
            ("lib.rs", "mod a;"),
            ("a.rs", ""),
            ("a/b.rs", ""),
            ("bin/program.rs", ""),
        ]);
        let strays: Vec<&str> = Tree::new("p", &sources)
            .strays()
            .iter()
            .map(|source| &*source.path)
            .collect();
        assert_eq!(strays, ["p/src/a/b.rs"]);
    }
}
