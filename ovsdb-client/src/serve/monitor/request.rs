//! Requests: the parameters of the monitor methods.
//!
//! **Source**: RFC 7047 §4.1.5, `<monitor-request>`; ovsdb-server(7) §4.1.12 and §4.1.13; the
//! texts are those of ovsdb-server 3.1.

use serde_json::Value as Json;

use crate::serve::argument::Naming;
use crate::serve::clause::{Clause, parse_clauses};
use crate::serve::database::Database;
use crate::serve::field::{Shape, UUID};
use crate::serve::member::{Form, Members};
use crate::serve::monitor::Version;
use crate::serve::monitor::watched::{Select, Watched};
use crate::serve::refusal::{Refusal, SYNTAX_ERROR};

/// Reads the `<monitor-requests>`.
pub(crate) fn parse_tables(
    database: &Database,
    requests: &Json,
    conditional: bool,
) -> Result<Vec<Watched>, Refusal> {
    let Some(requests) = requests.as_object() else {
        return Err(Refusal::syntax(requests, "monitor-requests must be object"));
    };
    let mut tables = Vec::with_capacity(requests.len());
    for (name, requests) in requests {
        let (number, shape) = named(database, name)?;
        let mut table = Watched::new(number);
        let requests = match requests {
            Json::Array(requests) => requests.as_slice(),
            request => std::slice::from_ref(request),
        };
        for request in requests {
            add_request(&mut table, shape, request, conditional)?;
        }
        tables.push(table);
    }
    Ok(tables)
}

fn named<'d>(database: &'d Database, name: &str) -> Result<(usize, &'d Shape), Refusal> {
    database
        .shape(name)
        .ok_or_else(|| Refusal::new(SYNTAX_ERROR, format!("no table named {name}")))
}

/// Adds one `<monitor-request>` to a table.
fn add_request(
    table: &mut Watched,
    shape: &Shape,
    request: &Json,
    conditional: bool,
) -> Result<(), Refusal> {
    let mut members = Members::new(request, format!("table {}", shape.name));
    let conditions = if conditional {
        members.optional("where", Form::Array)
    } else {
        None
    };
    let columns = members.optional("columns", Form::Array);
    let select = members.optional("select", Form::Object);
    members.finish()?;
    let select = match select {
        None => Select::ALL,
        Some(select) => parse_select(shape, select)?,
    };
    table.add_select(select);
    add_columns(table, shape, columns, select)?;
    if conditional {
        let conditions = conditions.and_then(Json::as_array).map_or(&[][..], |c| c);
        table.add_clauses(parse_clauses(shape, conditions, Naming::Refused)?);
    }
    Ok(())
}

fn parse_select(shape: &Shape, json: &Json) -> Result<Select, Refusal> {
    let mut members = Members::new(json, format!("table {} select", shape.name));
    let mut flag = |name| {
        members
            .optional(name, Form::Boolean)
            .and_then(Json::as_bool)
            .unwrap_or(true)
    };
    let select = Select {
        initial: flag("initial"),
        insert: flag("insert"),
        delete: flag("delete"),
        modify: flag("modify"),
    };
    members.finish()?;
    Ok(select)
}

fn add_columns(
    table: &mut Watched,
    shape: &Shape,
    columns: Option<&Json>,
    select: Select,
) -> Result<(), Refusal> {
    let Some(json) = columns else {
        for (number, field) in shape.fields().iter().enumerate() {
            if *field.name != *UUID && !table.add_column(number, select) {
                let details = format!("column {} mentioned more than once", field.name);
                return Err(Refusal::new(SYNTAX_ERROR, details));
            }
        }
        return Ok(());
    };
    for name in json.as_array().into_iter().flatten() {
        let Some(name) = name.as_str() else {
            return Err(Refusal::syntax(json, "array of column names expected"));
        };
        let number = shape
            .number(name)
            .ok_or_else(|| Refusal::syntax(json, format!("{name} is not a valid column name")))?;
        if !table.add_column(number, select) {
            let details = format!("column {name} mentioned more than once");
            return Err(Refusal::syntax(json, details));
        }
    }
    Ok(())
}

/// Conditions by the number of the watched table.
pub(crate) type Changes = Vec<(usize, Vec<Clause>)>;

/// Reads the `<monitor-cond-update-requests>`.
pub(crate) fn parse_conditions(
    database: &Database,
    tables: &[Watched],
    version: Version,
    requests: &Json,
) -> Result<Changes, Refusal> {
    let Some(requests) = requests.as_object() else {
        let details = "monitor-cond-change-requests must be object";
        return Err(Refusal::new(SYNTAX_ERROR, details));
    };
    let mut changes = Changes::new();
    for (name, requests) in requests {
        let (table, shape) = named(database, name)?;
        let Some(number) = tables.iter().position(|watched| watched.table == table) else {
            let details = format!("no table named {name} in monitor session");
            return Err(Refusal::new(SYNTAX_ERROR, details));
        };
        let Some(requests) = requests.as_array() else {
            let details = format!("table {name} no monitor-cond-change JSON array");
            return Err(Refusal::new(SYNTAX_ERROR, details));
        };
        for request in requests {
            let clauses = parse_condition(shape, request, version)?;
            // Where the method knows no conditions there is nothing to change.
            if let (Some(clauses), true) = (clauses, tables[number].clauses().is_some()) {
                changes.retain(|(known, _)| *known != number);
                changes.push((number, clauses));
            }
        }
    }
    Ok(changes)
}

/// Reads one `<monitor-cond-update-request>`. Without a `where` the conditions stay; a real server
/// crashes.
fn parse_condition(
    shape: &Shape,
    request: &Json,
    version: Version,
) -> Result<Option<Vec<Clause>>, Refusal> {
    let mut members = Members::new(request, format!("table {}", shape.name));
    let columns = members.optional("columns", Form::Array);
    let conditions = members.optional("where", Form::Array);
    members.finish()?;
    if columns.is_some() {
        let details = "changing columns is unsupported";
        return Err(Refusal::syntax(request, details));
    }
    match conditions.and_then(Json::as_array) {
        Some(conditions) if version != Version::Old => {
            parse_clauses(shape, conditions, Naming::Refused).map(Some)
        }
        _ => Ok(None),
    }
}
