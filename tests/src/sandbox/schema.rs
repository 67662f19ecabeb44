//! The schemas that the installed packages bring.

use std::path::{Path, PathBuf};

/// Where the packages of Debian, Fedora and RHEL put the schemas of OVN.
const OVN_SCHEMAS: &str = "/usr/share/ovn";
/// Where they put those of Open vSwitch.
const OVS_SCHEMAS: &str = "/usr/share/openvswitch";

/// A schema file, and the name of the database file that is made from it.
#[derive(Clone, Debug)]
pub struct Schema {
    path: PathBuf,
    file: String,
}

impl Schema {
    /// The northbound schema of the installed OVN; its file is `ovnnb_db.db`.
    pub fn northbound() -> Self {
        Self::packaged(OVN_SCHEMAS, "ovn-nb.ovsschema", "ovnnb_db.db")
    }

    /// The southbound schema of the installed OVN; its file is `ovnsb_db.db`.
    pub fn southbound() -> Self {
        Self::packaged(OVN_SCHEMAS, "ovn-sb.ovsschema", "ovnsb_db.db")
    }

    /// The schema of the installed Open vSwitch; its file is `conf.db`.
    pub fn open_vswitch() -> Self {
        Self::packaged(OVS_SCHEMAS, "vswitch.ovsschema", "conf.db")
    }

    /// A small schema of these tests, with a column of every shape and references of both kinds;
    /// its file is `duty.db`.
    pub fn duty() -> Self {
        Self::at(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/schemas/duty.ovsschema"
        ))
    }

    /// Any other schema; its file is named after it, with `.db` for the extension.
    pub fn at(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let file = path
            .with_extension("db")
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self {
            path: path.to_path_buf(),
            file,
        }
    }

    /// Where the schema is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    fn packaged(folder: &str, name: &str, file: &str) -> Self {
        Self {
            path: Path::new(folder).join(name),
            file: file.to_owned(),
        }
    }
}
