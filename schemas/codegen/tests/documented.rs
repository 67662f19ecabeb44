//! What the documentation says arrives at the items it is about.

use ovn_schemas_codegen::docs::DatabaseDocs;
use ovn_schemas_codegen::{Options, generate};
use ovsdb_client::schema::DatabaseSchema;

const SCHEMA: &str = r#"{
    "name": "Documented",
    "version": "1.2.3",
    "tables": {
        "Bridge": {"columns": {
            "name": {"type": "string"},
            "fail_mode": {"type": {"key": {"type": "string",
                                           "enum": ["set", ["standalone", "secure"]]},
                                   "min": 0, "max": 1}},
            "ports": {"type": {"key": {"type": "uuid", "refTable": "Port"},
                               "min": 0, "max": "unlimited"}},
            "options": {"type": {"key": "string", "value": "string",
                                 "min": 0, "max": "unlimited"}}
        }},
        "Port": {"columns": {"tag": {"type": "integer"}}}
    }
}"#;

const DOCS: &str = r#"<database name="documented" title="A documented database.">
  <p>Holds <ref table="Bridge"/>s, each with <ref table="Bridge" column="ports"/>.</p>
  <table name="Bridge" title="Bridge configuration">
    <p>One <code>bridge</code>, see <ref column="name"/>.</p>
    <diagram>
      <header name="Ethernet"><bits name="dst" width="48"/><bits name="src" width="48"/></header>
    </diagram>
    <group title="Core">
      <p>The core.</p>
      <column name="name">Its name, e.g. <code>br0</code>. Not its alias.</column>
      <group title="Nested">
        <column name="fail_mode">
          <p>What happens then:</p>
          <dl>
            <dt><code>standalone</code></dt>
            <dd>It switches. By itself.</dd>
            <dt><code>secure</code></dt>
            <dd>It waits.</dd>
          </dl>
        </column>
      </group>
    </group>
    <column name="ports">
      <p>The <ref table="Port"/>s [0..n], of <ref db="Other" table="Thing"/> &lt;none&gt;.</p>
      <ul><li>first</li><li><p>second</p><pre>
        a
          b
      </pre></li></ul>
    </column>
    <column name="options" key="rate" type='{"type": "integer", "minInteger": 1}'>
      How fast, unlike <ref column="options" key="mode"/>.
    </column>
    <column name="options" key="mode">
      <p>Which.</p>
      <p>One of two.</p>
    </column>
  </table>
</database>"#;

#[test]
fn the_database_and_its_tables_are_described() {
    check(
        "m.rs",
        "//! `Documented`: A documented database.",
        "\npub mod",
        "//!
//! Generated from s.ovsschema 1.2.3 (somewhere); do not edit.
//!
//! Holds [`Bridge`]s, each with [`Bridge.ports`](bridge::PORTS).
",
    );
    check(
        "m/bridge.rs",
        "use super::port::Port;\n",
        "#[derive",
        "
/// One `bridge`, see [`name`](NAME).
///
/// ```text
/// Ethernet: dst (48), src (48)
/// ```
///
/// # Core
///
/// The core.
///
/// Column: [`name`](NAME).
///
/// # Nested
///
/// Column: [`fail_mode`](FAIL_MODE).
",
    );
}

#[test]
fn columns_are_described() {
    check(
        "m/bridge.rs",
        "pub const OPTIONS: Column<Bridge, Map<String, String>> = Column::new(2);\n",
        "pub const PORTS: Column<Bridge, Set<Ref<Port>>> = Column::new(3);",
        r"
/// `ports`: The [`Port`]s \[0..n\], of `Other.Thing` \<none\>.
///
/// - first
/// - second
///
///   ```text
///   a
///     b
///   ```
///
/// **Shape**: set of strong references to [`Port`].
",
    );
}

#[test]
fn keys_are_listed_under_their_column() {
    check(
        "m/bridge.rs",
        "pub const NAME: Column<Bridge, String> = Column::new(1);\n",
        "pub const OPTIONS: Column<Bridge, Map<String, String>> = Column::new(2);",
        "
/// `options` of `Bridge`.
///
/// **Shape**: map from string to string.
///
/// **Keys**:
///
/// - `rate` (integer of at least 1): How fast, unlike [`options:mode`](OPTIONS).
/// - `mode`: Which.
///
///   One of two.
",
    );
}

#[test]
fn listed_values_say_what_they_mean() {
    check(
        "m/bridge.rs",
        "pub enum BridgeFailMode {\n",
        "    /// A string that",
        "    /// `standalone`: It switches.
    Standalone,
    /// `secure`: It waits.
    Secure,
",
    );
}

#[test]
fn methods_say_the_first_sentence() {
    check(
        "m/bridge.rs",
        "impl Bridge {\n",
        "    /// The column `options`. See [`OPTIONS`].\n",
        "    /// What happens then. See [`FAIL_MODE`].
    pub fn fail_mode(&self) -> Option<BridgeFailMode> {
        self.0.get(FAIL_MODE)
    }

    /// Its name, e.g. `br0`. See [`NAME`].
    pub fn name(&self) -> &str {
        self.0.get(NAME)
    }

",
    );
}

#[test]
fn documentation_of_something_else_is_refused() {
    for (text, expected) in [
        (
            "<table/>",
            "the documentation is a `table`, not a `database`",
        ),
        ("<database>", "the documentation is no XML"),
    ] {
        let error = DatabaseDocs::parse(text).expect_err(text);
        assert_eq!(error.to_string(), expected);
    }
}

/// Compares what stands between `start` and `end` in the generated file.
fn check(path: &str, start: &str, end: &str, expected: &str) {
    let schema = DatabaseSchema::parse(SCHEMA).expect("the schema is valid");
    let docs = DatabaseDocs::parse(DOCS).expect("the documentation is valid");
    let options = Options {
        module: "m".to_owned(),
        source: "s.ovsschema".to_owned(),
        origin: "somewhere".to_owned(),
    };
    let files = generate(&schema, Some(&docs), &options);
    let file = files.iter().find(|file| file.path.as_os_str() == path);
    let text = &file.expect("the file is generated").text;
    let (_, rest) = text.split_once(start).expect("the file holds the start");
    let (found, _) = rest.split_once(end).expect("the file holds the end");
    assert_eq!(
        found.trim_start_matches('\n'),
        expected.trim_start_matches('\n')
    );
}
