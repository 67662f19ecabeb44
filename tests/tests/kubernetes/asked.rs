//! What is asked of a cluster for a question about one object.

use anyhow::Result;
use ovn_tools::run::run;
use ovn_tools::tool::health_check::{self, HealthCheck};
use ovn_tools::tool::object_locate::{self, ObjectLocate};

use crate::joined::Joined;
use crate::scene::keeping;

/// The requests for objects since so many, those for where databases are left out.
fn asked_since(joined: &Joined, before: usize) -> Vec<String> {
    let mut asked: Vec<String> = joined.cluster.requests();
    let mut asked: Vec<String> = asked.drain(before..).collect();
    asked.retain(|path| !path.contains("/exec") && !path.contains("limit=250"));
    for path in &mut asked {
        // All are pages of the same size.
        *path = path.replace("limit=500", "").replace("?&", "?");
        *path = path.trim_end_matches(['&', '?']).to_owned();
    }
    asked.sort();
    asked
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_concerns_the_object_is_asked_of_the_cluster() -> Result<()> {
    let joined = Joined::start().await?;
    let sources = [keeping(&joined.cluster)];
    // Where the databases are is asked for once.
    run::<HealthCheck>(&sources, &health_check::Params::default()).await?;
    let mut told = Vec::new();
    for object in [
        "shop/web-1",
        "shop/web",
        "10.244.1.5",
        "a",
        "shop",
        "out",
        "id-b",
    ] {
        let params = object_locate::Params {
            object: object.to_owned(),
            ..object_locate::Params::default()
        };
        let before = joined.cluster.requests().len();
        run::<ObjectLocate>(&sources, &params).await?;
        let located = asked_since(&joined, before);
        let params = health_check::Params {
            object: Some(object.to_owned()),
            ..health_check::Params::default()
        };
        let before = joined.cluster.requests().len();
        run::<HealthCheck>(&sources, &params).await?;
        assert_eq!(asked_since(&joined, before), located, "{object}");
        told.push(format!(
            "{object}: {}\n  {}",
            located.len(),
            located.join("\n  ")
        ));
    }
    insta::assert_snapshot!(told.join("\n"), @"
    shop/web-1: 12
      /api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb-1
      /api/v1/namespaces/shop/services?fieldSelector=metadata.name%3Dweb-1
      /api/v1/namespaces?fieldSelector=metadata.name%3Dshop
      /api/v1/nodes?fieldSelector=metadata.name%3Da
      /apis/k8s.cni.cncf.io/v1/namespaces/shop/network-attachment-definitions?fieldSelector=metadata.name%3Dweb-1
      /apis/k8s.ovn.org/v1/egressips
      /apis/k8s.ovn.org/v1/namespaces/shop/egressfirewalls?fieldSelector=metadata.name%3Dweb-1
      /apis/k8s.ovn.org/v1/namespaces/shop/userdefinednetworks?fieldSelector=metadata.name%3Dweb-1
      /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies
      /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies?fieldSelector=metadata.name%3Dweb-1
      /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies
      /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies
    shop/web: 11
      /api/v1/namespaces/shop/pods
      /api/v1/namespaces/shop/pods?fieldSelector=metadata.name%3Dweb
      /api/v1/namespaces/shop/services?fieldSelector=metadata.name%3Dweb
      /api/v1/namespaces?fieldSelector=metadata.name%3Dshop
      /api/v1/nodes?fieldSelector=metadata.name%3Da
      /api/v1/nodes?fieldSelector=metadata.name%3Db
      /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dweb
      /apis/k8s.cni.cncf.io/v1/namespaces/shop/network-attachment-definitions?fieldSelector=metadata.name%3Dweb
      /apis/k8s.ovn.org/v1/namespaces/shop/egressfirewalls?fieldSelector=metadata.name%3Dweb
      /apis/k8s.ovn.org/v1/namespaces/shop/userdefinednetworks?fieldSelector=metadata.name%3Dweb
      /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies?fieldSelector=metadata.name%3Dweb
    10.244.1.5: 4
      /api/v1/nodes
      /api/v1/pods
      /api/v1/services
      /apis/k8s.ovn.org/v1/egressips
    a: 12
      /api/v1/namespaces?fieldSelector=metadata.name%3Da
      /api/v1/nodes?fieldSelector=metadata.name%3Da
      /api/v1/pods?fieldSelector=metadata.name%3Da
      /api/v1/pods?fieldSelector=spec.nodeName%3Da
      /api/v1/services?fieldSelector=metadata.name%3Da
      /apis/k8s.cni.cncf.io/v1/network-attachment-definitions?fieldSelector=metadata.name%3Da
      /apis/k8s.ovn.org/v1/clusteruserdefinednetworks?fieldSelector=metadata.name%3Da
      /apis/k8s.ovn.org/v1/egressips?fieldSelector=metadata.name%3Da
      /apis/k8s.ovn.org/v1/userdefinednetworks?fieldSelector=metadata.name%3Da
      /apis/networking.k8s.io/v1/networkpolicies?fieldSelector=metadata.name%3Da
      /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies?fieldSelector=metadata.name%3Da
      /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies?fieldSelector=metadata.name%3Da
    shop: 20
      /api/v1/namespaces/shop/pods
      /api/v1/namespaces/shop/services
      /api/v1/namespaces?fieldSelector=metadata.name%3Dshop
      /api/v1/nodes?fieldSelector=metadata.name%3Da
      /api/v1/nodes?fieldSelector=metadata.name%3Db
      /api/v1/nodes?fieldSelector=metadata.name%3Dshop
      /api/v1/pods?fieldSelector=metadata.name%3Dshop
      /api/v1/services?fieldSelector=metadata.name%3Dshop
      /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices
      /apis/k8s.cni.cncf.io/v1/namespaces/shop/network-attachment-definitions
      /apis/k8s.cni.cncf.io/v1/network-attachment-definitions?fieldSelector=metadata.name%3Dshop
      /apis/k8s.ovn.org/v1/clusteruserdefinednetworks?fieldSelector=metadata.name%3Dshop
      /apis/k8s.ovn.org/v1/egressips?fieldSelector=metadata.name%3Dshop
      /apis/k8s.ovn.org/v1/namespaces/shop/egressfirewalls
      /apis/k8s.ovn.org/v1/namespaces/shop/userdefinednetworks
      /apis/k8s.ovn.org/v1/userdefinednetworks?fieldSelector=metadata.name%3Dshop
      /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies
      /apis/networking.k8s.io/v1/networkpolicies?fieldSelector=metadata.name%3Dshop
      /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies?fieldSelector=metadata.name%3Dshop
      /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies?fieldSelector=metadata.name%3Dshop
    out: 14
      /api/v1/namespaces
      /api/v1/namespaces?fieldSelector=metadata.name%3Dout
      /api/v1/nodes
      /api/v1/nodes?fieldSelector=metadata.name%3Dout
      /api/v1/pods
      /api/v1/pods?fieldSelector=metadata.name%3Dout
      /api/v1/services?fieldSelector=metadata.name%3Dout
      /apis/k8s.cni.cncf.io/v1/network-attachment-definitions?fieldSelector=metadata.name%3Dout
      /apis/k8s.ovn.org/v1/clusteruserdefinednetworks?fieldSelector=metadata.name%3Dout
      /apis/k8s.ovn.org/v1/egressips?fieldSelector=metadata.name%3Dout
      /apis/k8s.ovn.org/v1/userdefinednetworks?fieldSelector=metadata.name%3Dout
      /apis/networking.k8s.io/v1/networkpolicies?fieldSelector=metadata.name%3Dout
      /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies?fieldSelector=metadata.name%3Dout
      /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies?fieldSelector=metadata.name%3Dout
    id-b: 13
      /api/v1/namespaces?fieldSelector=metadata.name%3Did-b
      /api/v1/nodes?fieldSelector=metadata.name%3Db
      /api/v1/nodes?fieldSelector=metadata.name%3Did-b
      /api/v1/pods?fieldSelector=metadata.name%3Did-b
      /api/v1/pods?fieldSelector=spec.nodeName%3Db
      /api/v1/services?fieldSelector=metadata.name%3Did-b
      /apis/k8s.cni.cncf.io/v1/network-attachment-definitions?fieldSelector=metadata.name%3Did-b
      /apis/k8s.ovn.org/v1/clusteruserdefinednetworks?fieldSelector=metadata.name%3Did-b
      /apis/k8s.ovn.org/v1/egressips?fieldSelector=metadata.name%3Did-b
      /apis/k8s.ovn.org/v1/userdefinednetworks?fieldSelector=metadata.name%3Did-b
      /apis/networking.k8s.io/v1/networkpolicies?fieldSelector=metadata.name%3Did-b
      /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies?fieldSelector=metadata.name%3Did-b
      /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies?fieldSelector=metadata.name%3Did-b
    ");
    Ok(())
}
