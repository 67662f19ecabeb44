//! Shows a database of whatever schema: its columns with their types, then its rows.

use std::io::{Write, stdout};

use ovsdb_client::client::{Client, ReadOnly};
use ovsdb_client::session::Interest;

/// Writes the whole database called `database` to `out`.
pub async fn show(
    remotes: &str,
    database: &str,
    mut out: impl Write,
) -> Result<(), Box<dyn std::error::Error>> {
    let builder = Client::<ReadOnly>::builder().remotes(remotes)?;
    let client = builder.connect().await?;
    let schema = client.schema(database).await?;
    for table in &schema.tables {
        for column in &table.columns {
            let (name, kind) = (&column.name, &column.column_type);
            writeln!(out, "{}.{name}: {kind}", table.name)?;
        }
    }
    let monitor = client.monitor(Interest::everything(database)).await?;
    for table in monitor.snapshot().tables() {
        for row in table.iter() {
            write!(out, "{} {}", table.layout().name, row.uuid())?;
            let values = row.values(table.layout());
            for (column, value) in values.filter(|(_, value)| !value.is_default()) {
                write!(out, " {column}={value}")?;
            }
            writeln!(out)?;
        }
    }
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let remotes = arguments.next().ok_or("which server?")?;
    let database = arguments.next().ok_or("which database?")?;
    show(&remotes, &database, stdout()).await
}
