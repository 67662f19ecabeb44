//! Writes: read to their end, since what is wrong with one is told before that it is not allowed.
//!
//! What would go wrong only in carrying one out (a division by zero, an index) is not found.
//!
//! **Source**: RFC 7047 §5.2.1 and §5.2.3 to §5.2.5.

use serde_json::Value as Json;

use crate::operation::Mutator;
use crate::schema::{BaseType, ColumnType, UNLIMITED};
use crate::serve::argument::{Naming, constrain, parse_datum};
use crate::serve::clause::{english, parse_clauses};
use crate::serve::field::{Field, Shape};
use crate::serve::member::Form;
use crate::serve::refusal::Refusal;
use crate::serve::transact::Operation;
use crate::value::{Datum, Kind, parse_uuid};

impl Operation<'_> {
    pub(crate) fn insert(&mut self) -> Result<(), Refusal> {
        let table = self.table();
        let uuid = self.members.optional("uuid", Form::String);
        self.members.optional("uuid-name", Form::Id);
        let row = self.members.required("row", Form::Object);
        let shape = self.checked(table)?;
        if let Some(json) = uuid
            && json.as_str().and_then(parse_uuid).is_none()
        {
            return Err(Refusal::syntax(json, "bad uuid"));
        }
        let given = match row {
            Some(row) => parse_row(shape, row)?,
            None => Vec::new(),
        };
        // A default may break a constraint too.
        for (number, field) in shape.fields().iter().enumerate() {
            if !given.iter().any(|(known, _)| *known == number) {
                constrain_all(field, &default(field))?;
            }
        }
        Ok(())
    }

    pub(crate) fn update(&mut self) -> Result<(), Refusal> {
        let table = self.table();
        let conditions = self.array("where");
        let row = self.members.required("row", Form::Object);
        let shape = self.checked(table)?;
        for (number, _) in row.map_or(Ok(Vec::new()), |row| parse_row(shape, row))? {
            let field = &shape.fields()[number];
            if !field.mutable {
                let details = format!(
                    "Cannot update immutable column {} in table {}.",
                    field.name, shape.name
                );
                return Err(Refusal::quoting(self.json, "constraint violation", details));
            }
        }
        parse_clauses(shape, conditions, Naming::Allowed).map(drop)
    }

    pub(crate) fn mutate(&mut self) -> Result<(), Refusal> {
        let table = self.table();
        let conditions = self.array("where");
        let mutations = self.array("mutations");
        let shape = self.checked(table)?;
        for mutation in mutations {
            check_mutation(shape, mutation)?;
        }
        parse_clauses(shape, conditions, Naming::Allowed).map(drop)
    }

    pub(crate) fn delete(&mut self) -> Result<(), Refusal> {
        let table = self.table();
        let conditions = self.array("where");
        let shape = self.checked(table)?;
        parse_clauses(shape, conditions, Naming::Allowed).map(drop)
    }
}

/// The value of a column that nobody set.
pub(crate) fn default(field: &Field) -> Datum {
    let payload = field.column_type.default_payload();
    field.value(&payload).to_datum()
}

fn constrain_all(field: &Field, datum: &Datum) -> Result<(), Refusal> {
    let column_type = &field.column_type;
    match (datum, &column_type.value) {
        (Datum::Set(atoms), _) => atoms
            .iter()
            .try_for_each(|atom| constrain(&column_type.key, atom)),
        (Datum::Map(pairs), Some(value)) => pairs.iter().try_for_each(|(key, atom)| {
            constrain(&column_type.key, key)?;
            constrain(value, atom)
        }),
        (Datum::Map(_), None) => Ok(()),
    }
}

/// Reads a `<row>`: columns by their number.
pub(crate) fn parse_row(shape: &Shape, json: &Json) -> Result<Vec<(usize, Datum)>, Refusal> {
    let Some(columns) = json.as_object() else {
        return Err(Refusal::syntax(json, "row must be JSON object"));
    };
    columns
        .iter()
        .map(|(name, value)| {
            let number = shape.number(name).ok_or_else(|| {
                let details = format!("No column {name} in table {}.", shape.name);
                Refusal::quoting(json, "unknown column", details)
            })?;
            let column_type = &shape.fields()[number].column_type;
            Ok((number, parse_datum(column_type, value, Naming::Allowed)?))
        })
        .collect()
}

fn check_mutation(shape: &Shape, json: &Json) -> Result<(), Refusal> {
    let (column, name, argument) = match json.as_array().map(Vec::as_slice) {
        Some([Json::String(column), Json::String(mutator), argument]) => {
            (column, mutator, argument)
        }
        _ => return Err(Refusal::syntax(json, "Parse error in mutation.")),
    };
    let field = shape.number(column).map(|number| &shape.fields()[number]);
    let field = field.ok_or_else(|| {
        let details = format!("No column {column} in table {}.", shape.name);
        Refusal::quoting(json, "unknown column", details)
    })?;
    if !field.mutable {
        let details = format!(
            "Cannot mutate immutable column {column} in table {}.",
            shape.name
        );
        return Err(Refusal::quoting(json, "constraint violation", details));
    }
    let mutator = mutator_named(name)
        .ok_or_else(|| Refusal::new("unknown mutator", format!("No mutator named {name}.")))?;
    let mut column_type = field.column_type.clone();
    let mismatch = || {
        let details = format!(
            "Type mismatch: \"{name}\" operator may not be applied to column {column} of type {}.",
            english(&field.column_type)
        );
        Err(Refusal::syntax(json, details))
    };
    match mutator {
        Mutator::Insert | Mutator::Delete => {
            if column_type.is_scalar() {
                return mismatch();
            }
            column_type.min = 0;
            if mutator == Mutator::Insert {
                return parse_datum(&column_type, argument, Naming::Allowed).map(drop);
            }
            column_type.max = UNLIMITED;
            let parsed = parse_datum(&column_type, argument, Naming::Allowed);
            if parsed.is_err() && column_type.is_map() {
                // Keys alone will do.
                column_type.value = None;
                return parse_datum(&column_type, argument, Naming::Allowed).map(drop);
            }
            parsed.map(drop)
        }
        _ => {
            let kind = column_type.key.kind;
            let is_number =
                kind == Kind::Integer || kind == Kind::Real && mutator != Mutator::Remainder;
            if column_type.is_map() || !is_number {
                return mismatch();
            }
            let plain = ColumnType {
                key: BaseType::plain(kind),
                ..ColumnType::scalar(kind)
            };
            parse_datum(&plain, argument, Naming::Allowed).map(drop)
        }
    }
}

fn mutator_named(name: &str) -> Option<Mutator> {
    [
        Mutator::Add,
        Mutator::Subtract,
        Mutator::Multiply,
        Mutator::Divide,
        Mutator::Remainder,
        Mutator::Insert,
        Mutator::Delete,
    ]
    .into_iter()
    .find(|mutator| mutator.name() == name)
}
