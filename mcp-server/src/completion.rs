//! Completion: what can stand where a user writes an argument of a prompt or of a resource.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use ovn_tools::access::{Identity, Source};
use ovn_tools::database::Database;
use ovn_tools::run;
use ovn_tools::tool::name_list::{NameList, Names};
use ovn_tools::tool::packet_trace::Protocol;
use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::failure::Failure;
use crate::resource::{ANY, Variable};

/// The most values of an answer, as the protocol has it.
pub const MAX_VALUES: usize = 100;
/// For how long the names that were read are offered.
/// **Default and why**: 30 s; a user writes a few letters a second, and new pods can wait.
const KEPT: Duration = Duration::from_secs(30);

/// What can stand in one place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The values, those that begin with what was written first; at most [`MAX_VALUES`].
    pub values: Vec<String>,
    /// How many there are in all.
    pub total: usize,
}

/// Knows what can stand where.
#[derive(Debug, Default)]
pub struct Completer {
    /// For each who asks, since none may learn what another sees.
    names: Mutex<HashMap<Option<Identity>, Arc<Mutex<Kept>>>>,
}

/// The names that were read last, and when.
type Kept = Option<(Instant, Arc<Names>)>;

/// Who reads, and what.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// Who; `None` where everyone sees the same.
    pub identity: Option<Identity>,
    /// The sources, as they may read them.
    pub sources: &'a [Source],
}

impl Completer {
    /// What can stand for a variable that begins with, or holds, what was written; `beside` are
    /// the variables that have values already.
    ///
    /// # Errors
    /// [`Failure`] when names have to be read from the sources and cannot be.
    ///
    /// # Cancel safety
    /// As that of [`run::run`].
    pub async fn complete(
        &self,
        variable: Variable,
        written: &str,
        beside: &HashMap<String, String>,
        reader: Reader<'_>,
    ) -> Result<Completions, Failure> {
        let database = || {
            let named = beside.get(Variable::Database.name())?;
            Database::from_name(named)
        };
        Ok(match variable {
            Variable::Database => matching(written, Database::ALL.map(Database::short_name)),
            Variable::Table => matching(written, tables(database())),
            Variable::Column => {
                let table = beside.get(Variable::Table.name());
                matching(written, columns(database(), table.map(String::as_str)))
            }
            Variable::Protocol => {
                let all = [Protocol::Tcp, Protocol::Udp, Protocol::Sctp, Protocol::Icmp];
                matching(written, all.map(Protocol::name))
            }
            // There are too many, and none is more likely than another; the name of a capture is
            // a secret of whoever captured.
            Variable::Uuid | Variable::Port | Variable::Capture => Completions::default(),
            Variable::NodeOrAny => {
                let names = self.names(reader).await?;
                matching(written, texts(&names.nodes).chain([ANY]))
            }
            Variable::Node => matching(written, texts(&self.names(reader).await?.nodes)),
            Variable::Pod => matching(written, texts(&self.names(reader).await?.pods)),
            Variable::Service => matching(written, texts(&self.names(reader).await?.services)),
            Variable::EgressIp => matching(written, texts(&self.names(reader).await?.egress_ips)),
            Variable::From => {
                let names = self.names(reader).await?;
                matching(written, texts(&names.pods).chain(texts(&names.ports)))
            }
            Variable::To => {
                let names = self.names(reader).await?;
                let pods = texts(&names.pods).chain(texts(&names.services));
                matching(written, pods.chain(texts(&names.ports)))
            }
        })
    }

    /// The names, read anew where those at hand are old; whoever asks meanwhile as the same waits
    /// for them.
    async fn names(&self, reader: Reader<'_>) -> Result<Arc<Names>, Failure> {
        let place = self.place(reader.identity).await;
        let mut kept = place.lock().await;
        if let Some((read, names)) = &*kept
            && read.elapsed() < KEPT
        {
            return Ok(names.clone());
        }
        let names = Arc::new(run::run::<NameList>(reader.sources, &()).await?);
        *kept = Some((Instant::now(), names.clone()));
        Ok(names)
    }

    /// Where the names of one who asks are kept; those of others that are old are given up.
    async fn place(&self, identity: Option<Identity>) -> Arc<Mutex<Kept>> {
        let mut all = self.names.lock().await;
        all.retain(|other, place| {
            // One that is locked is read just now.
            let is_old = place.try_lock().is_ok_and(|kept| {
                let read = kept.as_ref().map(|(read, _)| *read);
                read.is_none_or(|read| read.elapsed() >= KEPT)
            });
            *other == identity || !is_old
        });
        Arc::clone(all.entry(identity).or_default())
    }
}

fn texts(names: &BTreeSet<String>) -> impl Iterator<Item = &str> {
    names.iter().map(String::as_str)
}

/// The tables of a database, of all of them where none is named.
fn tables(database: Option<Database>) -> BTreeSet<&'static str> {
    let all = Database::ALL.into_iter();
    let asked = all.filter(|other| database.is_none_or(|database| database == *other));
    let tables = asked.flat_map(|database| database.definition().tables);
    tables.map(|table| table.name).collect()
}

/// The columns of the tables of this name; none where it is no table's.
fn columns(database: Option<Database>, table: Option<&str>) -> BTreeSet<&'static str> {
    let all = Database::ALL.into_iter();
    let asked = all.filter(|other| database.is_none_or(|database| database == *other));
    let tables = asked.flat_map(|database| database.definition().tables);
    let named = tables.filter(|known| Some(known.name) == table);
    named
        .flat_map(|table| table.columns)
        .map(|column| column.name)
        .collect()
}

/// The candidates that begin with what was written, then those that hold it; case makes no
/// difference.
fn matching<'c>(written: &str, candidates: impl IntoIterator<Item = &'c str>) -> Completions {
    let written = written.to_lowercase();
    let (mut begin, mut hold) = (Vec::new(), Vec::new());
    for candidate in candidates {
        let folded = candidate.to_lowercase();
        if folded.starts_with(&written) {
            begin.push(candidate.to_owned());
        } else if folded.contains(&written) {
            hold.push(candidate.to_owned());
        }
    }
    begin.append(&mut hold);
    let total = begin.len();
    begin.truncate(MAX_VALUES);
    Completions {
        values: begin,
        total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn whatever_has_a_name_is_completed() {
        let completer = Completer::default();
        let reader = Reader {
            identity: None,
            sources: &[Source::Demo],
        };
        let check = async |variable, written: &str, beside: &[(&str, &str)]| {
            let beside = beside
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
            let completions = completer
                .complete(variable, written, &beside.collect(), reader)
                .await
                .expect("completions");
            let few: Vec<&str> = completions
                .values
                .iter()
                .take(6)
                .map(String::as_str)
                .collect();
            format!(
                "{written:?}: {} of {}: {}",
                completions.values.len(),
                completions.total,
                few.join(" ")
            )
        };
        let sb = ("database", "sb");
        let texts = [
            check(Variable::NodeOrAny, "", &[]).await,
            check(Variable::Node, "", &[]).await,
            check(Variable::Node, "B", &[]).await,
            check(Variable::Database, "", &[]).await,
            check(Variable::Database, "x", &[]).await,
            check(Variable::Table, "", &[]).await,
            check(Variable::Table, "port", &[sb]).await,
            check(Variable::Column, "", &[]).await,
            check(Variable::Column, "ch", &[sb, ("table", "Port_Binding")]).await,
            check(Variable::Pod, "shop/", &[]).await,
            check(Variable::Service, "", &[]).await,
            check(Variable::EgressIp, "", &[]).await,
            check(Variable::From, "cart", &[]).await,
            check(Variable::To, "cart", &[]).await,
            check(Variable::Protocol, "", &[]).await,
            check(Variable::Uuid, "", &[]).await,
        ];
        insta::assert_snapshot!(texts.join("\n"), @r#"
        "": 3 of 3: worker-a worker-b -
        "": 2 of 2: worker-a worker-b
        "B": 1 of 1: worker-b
        "": 3 of 3: nb sb ovs
        "x": 0 of 0: 
        "": 78 of 78: ACL ACL_ID Address_Set Advertised_MAC_Binding Advertised_Route AutoAttach
        "port": 2 of 2: Port_Binding Port_Group
        "": 0 of 0: 
        "ch": 6 of 6: chassis additional_chassis gateway_chassis ha_chassis_group requested_additional_chassis requested_chassis
        "shop/": 6 of 6: shop/cart-0 shop/cart-1 shop/checkout-5b7f6d9c48-q9w2t shop/frontend-6d5f9c7b8d-h8v5n shop/frontend-6d5f9c7b8d-x2k4q shop/payments-68c8f7d5b9-c6j2r
        "": 6 of 6: default/kubernetes monitoring/grafana monitoring/prometheus shop/cart shop/frontend shop/payments
        "": 1 of 1: shop-egress
        "cart": 2 of 2: shop/cart-0 shop/cart-1
        "cart": 3 of 3: shop/cart-0 shop/cart-1 shop/cart
        "": 4 of 4: tcp udp sctp icmp
        "": 0 of 0:
        "#);
    }

    #[test]
    fn a_hundred_are_shown_and_all_are_counted() {
        let names: Vec<String> = (0..250).map(|number| format!("pod-{number}")).collect();
        let found = matching("pod-1", names.iter().map(String::as_str));
        assert_eq!((found.values.len(), found.total), (100, 111));
    }
}
