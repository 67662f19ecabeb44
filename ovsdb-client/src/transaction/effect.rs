//! Effects: what a mutation makes of a value.
//!
//! **Source**: RFC 7047 §5.1, `<mutation>`.

use crate::operation::Mutator;
use crate::value::{Atom, Datum};

/// The value after the mutation; `None` where the arithmetic fails, which the server will say.
pub(crate) fn mutated(current: &Datum, mutator: Mutator, operand: &Datum) -> Option<Datum> {
    match (mutator, current, operand) {
        (Mutator::Insert, Datum::Set(atoms), Datum::Set(more)) => {
            Some(Datum::set(atoms.iter().chain(more).cloned()))
        }
        (Mutator::Insert, Datum::Map(pairs), Datum::Map(more)) => {
            // Of two pairs with one key the later stays: the one that is there already.
            Some(Datum::map(more.iter().chain(pairs).cloned()))
        }
        (Mutator::Delete, Datum::Set(atoms), Datum::Set(less)) => {
            let kept = atoms.iter().filter(|atom| !less.contains(atom));
            Some(Datum::Set(kept.cloned().collect()))
        }
        (Mutator::Delete, Datum::Map(pairs), Datum::Map(less)) => {
            let kept = pairs.iter().filter(|pair| !less.contains(pair));
            Some(Datum::Map(kept.cloned().collect()))
        }
        (Mutator::Delete, Datum::Map(pairs), Datum::Set(keys)) => {
            let kept = pairs.iter().filter(|(key, _)| !keys.contains(key));
            Some(Datum::Map(kept.cloned().collect()))
        }
        (_, Datum::Set(atoms), Datum::Set(operand)) => {
            let operand = operand.first()?;
            let numbers: Option<Vec<Atom>> = atoms
                .iter()
                .map(|atom| computed(atom, mutator, operand))
                .collect();
            let numbers = numbers?;
            let found = numbers.len();
            let set = Datum::set(numbers);
            // Two atoms that became one are an error to the server.
            (set.len() == found).then_some(set)
        }
        _ => None,
    }
}

fn computed(atom: &Atom, mutator: Mutator, operand: &Atom) -> Option<Atom> {
    match (atom, operand) {
        (&Atom::Integer(a), &Atom::Integer(b)) => match mutator {
            Mutator::Add => a.checked_add(b),
            Mutator::Subtract => a.checked_sub(b),
            Mutator::Multiply => a.checked_mul(b),
            Mutator::Divide => a.checked_div(b),
            Mutator::Remainder => a.checked_rem(b),
            Mutator::Insert | Mutator::Delete => None,
        }
        .map(Atom::Integer),
        (&Atom::Real(a), &Atom::Real(b)) => {
            let result = match mutator {
                Mutator::Add => a + b,
                Mutator::Subtract => a - b,
                Mutator::Multiply => a * b,
                Mutator::Divide => a / b,
                Mutator::Remainder | Mutator::Insert | Mutator::Delete => return None,
            };
            result.is_finite().then_some(Atom::Real(result))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ints(values: &[i64]) -> Datum {
        Datum::set(values.iter().copied().map(Atom::from))
    }

    fn pairs(values: &[(&str, &str)]) -> Datum {
        Datum::map(values.iter().map(|&(k, v)| (k.into(), v.into())))
    }

    #[test]
    fn mutations_do_what_the_rfc_says() {
        use Mutator::{Add, Delete, Divide, Insert, Multiply, Remainder, Subtract};
        let keys = |keys: &[&str]| Datum::set(keys.iter().map(|&key| Atom::from(key)));
        let map = pairs(&[("a", "1"), ("b", "2")]);
        for (current, mutator, operand, expected) in [
            (ints(&[7]), Add, ints(&[3]), Some(ints(&[10]))),
            (ints(&[7]), Subtract, ints(&[3]), Some(ints(&[4]))),
            (ints(&[7, -2]), Multiply, ints(&[-3]), Some(ints(&[-21, 6]))),
            (ints(&[-7]), Divide, ints(&[2]), Some(ints(&[-3]))),
            (ints(&[-7]), Remainder, ints(&[2]), Some(ints(&[-1]))),
            (ints(&[i64::MAX]), Add, ints(&[1]), None),
            (ints(&[1]), Divide, ints(&[0]), None),
            // 4/2 and 5/2 are both 2, which a server refuses.
            (ints(&[4, 5]), Divide, ints(&[2]), None),
            (ints(&[1, 2]), Insert, ints(&[2, 3]), Some(ints(&[1, 2, 3]))),
            (ints(&[1, 2]), Delete, ints(&[2, 3]), Some(ints(&[1]))),
            (
                map.clone(),
                Insert,
                pairs(&[("b", "9"), ("c", "3")]),
                Some(pairs(&[("a", "1"), ("b", "2"), ("c", "3")])),
            ),
            (
                map.clone(),
                Delete,
                pairs(&[("a", "9"), ("b", "2")]),
                Some(pairs(&[("a", "1")])),
            ),
            (
                map.clone(),
                Delete,
                keys(&["a", "x"]),
                Some(pairs(&[("b", "2")])),
            ),
        ] {
            assert_eq!(
                mutated(&current, mutator, &operand),
                expected,
                "{mutator:?}"
            );
        }
    }
}
