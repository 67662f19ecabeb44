//! The schemas that this workspace keeps, and the modules they become.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ovsdb_client::schema::{DatabaseSchema, SchemaError};

use crate::docs::{DatabaseDocs, DocsError};
use crate::{GeneratedFile, Options, generate};

/// A schema kept in `schemas/ovsschema`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Vendored {
    /// The module it becomes.
    pub module: &'static str,
    /// The file's name without its ending; `.ovsschema` and `.xml` stand side by side.
    pub stem: &'static str,
    /// The release it is from.
    pub release: Release,
}

/// A release of an upstream project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The project.
    pub project: &'static str,
    /// The tag of the release.
    pub tag: &'static str,
}

const OVN: Release = Release {
    project: "OVN",
    tag: "v26.03.1",
};

const OVS: Release = Release {
    project: "Open vSwitch",
    tag: "v4.0.0",
};

/// Every schema that is kept.
pub const VENDORED: [Vendored; 7] = [
    vendored("nb", "ovn-nb", OVN),
    vendored("sb", "ovn-sb", OVN),
    vendored("vswitch", "vswitch", OVS),
    vendored("server", "_server", OVS),
    vendored("ic_nb", "ovn-ic-nb", OVN),
    vendored("ic_sb", "ovn-ic-sb", OVN),
    vendored("vtep", "vtep", OVS),
];

const fn vendored(module: &'static str, stem: &'static str, release: Release) -> Vendored {
    Vendored {
        module,
        stem,
        release,
    }
}

/// Why a kept schema could not be turned into code.
#[derive(Debug, thiserror::Error)]
pub enum VendoredError {
    /// A file could not be read.
    #[error("cannot read {path}", path = path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The schema is none.
    #[error("{stem}.ovsschema is no schema")]
    Schema {
        /// The file's name without its ending.
        stem: &'static str,
        /// Why.
        source: SchemaError,
    },
    /// The documentation is none.
    #[error("{stem}.xml is no documentation of a database")]
    Docs {
        /// The file's name without its ending.
        stem: &'static str,
        /// Why.
        source: DocsError,
    },
}

impl Vendored {
    /// Reads the schema from `folder`.
    ///
    /// # Errors
    /// When the file cannot be read or is no schema.
    pub fn schema(&self, folder: &Path) -> Result<DatabaseSchema, VendoredError> {
        let text = read(folder, &format!("{}.ovsschema", self.stem))?;
        DatabaseSchema::parse(&text).map_err(|source| VendoredError::Schema {
            stem: self.stem,
            source,
        })
    }

    /// Reads the documentation from `folder`.
    ///
    /// # Errors
    /// When the file cannot be read or is no documentation.
    pub fn docs(&self, folder: &Path) -> Result<DatabaseDocs, VendoredError> {
        let text = read(folder, &format!("{}.xml", self.stem))?;
        DatabaseDocs::parse(&text).map_err(|source| VendoredError::Docs {
            stem: self.stem,
            source,
        })
    }

    /// Generates the files of this database from what is in `folder`.
    ///
    /// # Errors
    /// When a file cannot be read or is not what its name says.
    pub fn generate(&self, folder: &Path) -> Result<Vec<GeneratedFile>, VendoredError> {
        let options = Options {
            module: self.module.to_owned(),
            source: format!("{}.ovsschema", self.stem),
            origin: format!("{} {}, Apache-2.0", self.release.project, self.release.tag),
        };
        let (schema, docs) = (self.schema(folder)?, self.docs(folder)?);
        Ok(generate(&schema, Some(&docs), &options))
    }
}

fn read(folder: &Path, name: &str) -> Result<String, VendoredError> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(|source| VendoredError::Read { path, source })
}
