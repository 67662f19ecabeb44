//! Rows through a cluster are those of the databases' own sockets.

use anyhow::Result;
use ovn_tests::kubernetes::{Faults, KubeCluster, Pod};
use ovn_tests::sandbox::{DatabaseServer, Node};
use ovn_tools::access::Source;
use ovn_tools::database::Database;
use ovn_tools::run::run;
use ovn_tools::tool::Tool;
use ovn_tools::tool::rows_find::{self, RowsFind};
use ovn_tools::tool::sources_list::{self, SourcesList};
use ovn_tools::tool::topology_show::{self, TopologyShow};
use serde_json::Value as Json;

use crate::scene::{nothing_runs, source};

pub(crate) fn node(name: &str) -> Result<Node> {
    let node = Node::start(name)?;
    for command in [
        "ls-add sw0 -- lsp-add sw0 p1 -- lsp-add sw0 p2".to_owned(),
        "lr-add r0 -- lrp-add r0 rp0 00:00:00:00:ff:01 10.0.0.254/24".to_owned(),
        format!("set NB_Global . name={name} options:name={name}"),
    ] {
        node.nbctl(&command.split(' ').collect::<Vec<_>>())?;
    }
    node.plug("p1")?;
    node.sync()?;
    Ok(node)
}

pub(crate) fn direct(nodes: &[&Node]) -> Result<Vec<Source>> {
    let servers = nodes
        .iter()
        .flat_map(|node| [node.northbound(), node.southbound(), node.open_vswitch()]);
    servers
        .map(|server: &DatabaseServer| Ok(server.endpoint().parse()?))
        .collect()
}

pub(crate) async fn answer<T: Tool>(sources: &[Source], params: &T::Params) -> Result<Json> {
    let mut json = serde_json::to_value(run::<T>(sources, params).await?)?;
    forget_origins(&mut json);
    Ok(json)
}

fn forget_origins(json: &mut Json) {
    match json {
        Json::Object(members) => {
            for origin in ["source", "address", "moment", "pod"] {
                members.remove(origin);
            }
            members.values_mut().for_each(forget_origins);
        }
        Json::Array(items) => items.iter_mut().for_each(forget_origins),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_answer_the_same_through_the_cluster_as_from_their_sockets() -> Result<()> {
    let (one, two) = (node("hv1")?, node("hv2")?);
    let pods = vec![
        Pod::upstream("hv1", one.directory()),
        Pod::openshift("hv2", two.directory()).programs(&["perl"]),
    ];
    let cluster = KubeCluster::start(pods).await?;
    let sockets = direct(&[&one, &two])?;
    for faults in [
        Faults::default(),
        Faults {
            only_version_4: true,
            page: 1,
            ..Faults::default()
        },
    ] {
        cluster.set_faults(faults);
        let through = [source(&cluster)];
        for (database, table) in [
            (Database::Nb, "Logical_Switch_Port"),
            (Database::Sb, "Port_Binding"),
            (Database::Sb, "Logical_Flow"),
            (Database::Ovs, "Interface"),
        ] {
            let mut params = rows_find::Params::new(database, table);
            params.limit = rows_find::MAX_LIMIT;
            let expected = answer::<RowsFind>(&sockets, &params).await?;
            assert!(expected["total"].as_u64() > Some(1), "{table}: {expected}");
            let found = answer::<RowsFind>(&through, &params).await?;
            assert_eq!(found, expected, "{table}");
        }
        let params = topology_show::Params {
            node: None,
            of: None,
            format: topology_show::Format::Graph,
            ports: None,
        };
        let expected = answer::<TopologyShow>(&sockets, &params).await?;
        assert_eq!(answer::<TopologyShow>(&through, &params).await?, expected);
        let params = sources_list::Params::default();
        let expected = answer::<SourcesList>(&sockets, &params).await?;
        assert_eq!(answer::<SourcesList>(&through, &params).await?, expected);
        nothing_runs(&cluster).await?;
    }
    Ok(())
}
