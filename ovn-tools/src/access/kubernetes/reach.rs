//! Reach: the ways to the sockets of a cluster's nodes.

use std::sync::Arc;

use crate::access::in_words;
use crate::access::kubernetes::cluster::Cluster;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::layout::{Layout, Place};
use crate::access::kubernetes::session::{PodDial, Session};
use crate::access::kubernetes::target::Target;
use crate::database::Database;
use crate::report::Gap;

/// What can be reached in a cluster.
#[derive(Debug)]
pub(crate) struct Reach {
    session: Arc<Session>,
    layout: Layout,
}

/// The way to one socket.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// The node.
    pub(crate) node: String,
    /// The database; `None` for a control socket.
    pub(crate) database: Option<Database>,
    /// The socket's name in its pod.
    pub(crate) file: String,
    pub(crate) dial: PodDial,
}

/// Looks for what can be reached.
pub(crate) async fn reach(cluster: &Cluster) -> Result<Reach, KubernetesError> {
    let session = cluster.session().await?;
    let layout = session.layout().await?;
    Ok(Reach { session, layout })
}

impl Reach {
    /// The nodes with a database, ascending.
    pub(crate) fn nodes(&self) -> Vec<String> {
        let mut nodes: Vec<String> = self
            .layout
            .places
            .iter()
            .map(|place| place.node.clone())
            .collect();
        nodes.dedup();
        nodes
    }

    /// The way to a database of a node.
    pub(crate) fn database(&self, node: &str, database: Database) -> Result<Way, Gap> {
        let mut places = self.layout.places.iter();
        if let Some(place) = places.find(|place| place.node == node && place.database == database) {
            let file = place.file().to_owned();
            return Ok(self.way(place, file, place.target.clone(), Some(database)));
        }
        let what = format!("{node}: {database}");
        let mut missing = self.layout.missing.iter();
        let known = missing.find(|missing| missing.gap.what == what);
        Err(known.map_or_else(
            || Gap {
                what: what.clone(),
                why: "no pod on the node has it".to_owned(),
            },
            |missing| missing.gap.clone(),
        ))
    }

    /// The ways to the control sockets of a node, as many as its containers see, each once.
    pub(crate) async fn controls(&self, node: &str) -> (Vec<Way>, Vec<Gap>) {
        let (mut ways, mut gaps): (Vec<Way>, Vec<Gap>) = (Vec::new(), Vec::new());
        let places = self.layout.places.iter().filter(|place| place.node == node);
        for place in places {
            match self.session.control_sockets(place, None).await {
                Ok(listing) => {
                    for socket in listing.sockets() {
                        if !ways.iter().any(|way| way.file == socket.name) {
                            let target = Target::Socket(socket.path());
                            ways.push(self.way(place, socket.name.clone(), target, None));
                        }
                    }
                }
                Err(error) => gaps.push(Gap {
                    what: format!("{node}: control sockets in {}", place.container),
                    why: in_words(&error),
                }),
            }
        }
        (ways, gaps)
    }

    fn way(&self, place: &Place, file: String, target: Target, database: Option<Database>) -> Way {
        Way {
            node: place.node.clone(),
            database,
            file,
            dial: PodDial {
                session: Arc::clone(&self.session),
                place: Arc::new(place.clone()),
                target,
            },
        }
    }
}
