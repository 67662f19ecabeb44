//! Objects of a cluster that a recording holds.
//!
//! The samples are written by hand in the layout and the order of members of `oc adm inspect`
//! (openshift/oc, `pkg/cli/admin/inspect`); their values are made up.

use tokio::runtime::Builder;

use super::scene::{Scene, gz, nb, tar};
use crate::access::{Source, read};
use crate::database::Database;
use crate::objects::ObjectKind;
use crate::resource::{ResourceAnswer, ResourceQuestion};
use crate::snapshot::{Needs, Snapshot};

const PODS: &str = r#"---
apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    annotations:
      k8s.ovn.org/pod-networks: '{"default":{"ip_addresses":["10.244.0.5/24"],"mac_address":"0a:58:0a:f4:00:05"}}'
    labels:
      app: web
    name: web-1
    namespace: shop
    uid: 5b1c8a2e-0000-4000-8000-000000000001
  spec:
    containers:
    - env:
      - name: DATABASE_PASSWORD
        value: hunter2
      name: web
    nodeName: a
  status:
    phase: Running
    podIPs:
    - ip: 10.244.0.5
- apiVersion: v1
  kind: Pod
  metadata:
    labels:
      app: db
    name: db-0
    namespace: shop
  spec:
    hostNetwork: true
    nodeName: a
  status:
    phase: Running
kind: PodList
metadata:
  resourceVersion: "7"
"#;

const POD: &str = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web-1\n  namespace: shop\nspec:\n  nodeName: old\n";

const OTHER_POD: &str = "---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: one\n  namespace: bank\nspec:\n  nodeName: a\n";

const NODE: &str = "---\napiVersion: v1\nkind: Node\nmetadata:\n  annotations:\n    k8s.ovn.org/zone-name: a\n  name: a\n";

const NAMESPACE: &str = "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n";

const EVENTS: &str = "---\napiVersion: v1\nitems:\n- involvedObject:\n    kind: Pod\n    name: web-1\n  kind: Event\n  message: Started container web\n  metadata:\n    name: web-1.1\n    namespace: shop\n  reason: Started\nkind: EventList\n";

const SECRETS: &str = "---\napiVersion: v1\nitems:\n- data:\n    key: aHVudGVyMg==\n  kind: Secret\n  metadata:\n    name: s\n    namespace: shop\nkind: SecretList\n";

const CRD: &str = "---\napiVersion: k8s.ovn.org/v1\nkind: EgressIP\nmetadata:\n  name: out\nspec:\n  egressIPs:\n  - 172.18.0.100\n";

const BROKEN: &str = "---\napiVersion: v1\nitems:\n- kind: Service\n  metadata:\n    name: web\n    namespace: shop\n- kind: \"Service\nkind: ServiceList\n";

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let texts = [
        ("mg/q/namespaces/shop/shop.yaml", NAMESPACE),
        ("mg/q/namespaces/shop/core/pods.yaml", PODS),
        ("mg/q/namespaces/shop/core/events.yaml", EVENTS),
        ("mg/q/namespaces/shop/core/secrets.yaml", SECRETS),
        ("mg/q/namespaces/shop/core/services.yaml", BROKEN),
        ("mg/q/namespaces/shop/pods/web-1/web-1.yaml", POD),
        ("mg/q/namespaces/bank/pods/one/one.yaml", OTHER_POD),
        ("mg/q/cluster-scoped-resources/core/nodes/a.yaml", NODE),
        (
            "mg/q/cluster-scoped-resources/k8s.ovn.org/egressips/out.yaml",
            CRD,
        ),
    ];
    let mut files: Vec<(&str, Vec<u8>)> = texts
        .into_iter()
        .map(|(path, text)| (path, text.as_bytes().to_vec()))
        .collect();
    files.push(("mg/q/network_logs/x_nbdb", nb("a", "")));
    files
}

fn read_needs(scene: &Scene, path: &str, needs: &Needs) -> Snapshot {
    let runtime = Builder::new_current_thread().build().unwrap();
    let source = Source::Recorded(match path {
        "" => scene.path().to_path_buf(),
        path => scene.at(path),
    });
    runtime.block_on(read(&[source], needs)).unwrap()
}

fn all_objects() -> Needs {
    let needs = Needs::default().database(Database::Nb);
    ObjectKind::ALL.into_iter().fold(needs, Needs::objects)
}

fn told(scene: &Scene, snapshot: &Snapshot) -> String {
    let reads = snapshot.objects.iter().map(|read| {
        let list = read.outcome.as_ref().unwrap();
        let names = list.objects.iter().map(|one| one.metadata().full_name());
        format!(
            "{}: {}",
            read.question,
            names.collect::<Vec<_>>().join(", ")
        )
    });
    let gaps = snapshot.gaps.iter();
    let gaps = gaps.map(|gap| format!("gap: {}: {}", gap.what, gap.why));
    let told: Vec<String> = reads.chain(gaps).collect();
    let root = scene.path().display().to_string();
    told.join("\n").replace(&root, "B")
}

#[test]
fn objects_of_a_must_gather_are_those_of_its_cluster_as_far_as_they_go() {
    let scene = Scene::of(&files());
    let snapshot = read_needs(&scene, "", &all_objects());
    insta::assert_snapshot!(told(&scene, &snapshot), @"
    list of nodes: a
    namespaces shop: shop
    pods bank/one: bank/one
    list of pods in shop: shop/web-1, shop/db-0
    services shop/web: shop/web
    list of egressips.k8s.ovn.org: out
    gap: B/mg/q/namespaces/shop/core/services.yaml: invalid indentation in multiline quoted scalar at line 9, column 1
    gap: recorded:B: objects of the cluster: they were collected some time before or after the databases, so what changed between is told as a difference; of what is in namespaces, that of 2 namespaces (bank, shop) alone is there
    ");
    let objects = &snapshot.objects[0];
    assert_eq!(snapshot.clusters, std::slice::from_ref(&objects.source));
    // Packed they are the same.
    let archive = Scene::of(&[("mg.tar.gz", gz(&tar(&files())))]);
    let packed = read_needs(&archive, "mg.tar.gz", &all_objects());
    let names = |snapshot: &Snapshot| -> Vec<String> {
        let reads = snapshot.objects.iter();
        let lists = reads.flat_map(|read| read.outcome.as_ref().unwrap().objects.iter());
        lists.map(|one| format!("{one:?}")).collect()
    };
    assert_eq!(names(&packed), names(&snapshot));
    // Who asks for no objects has none read.
    let rows = read_needs(&scene, "", &Needs::default().database(Database::Nb));
    assert_eq!(rows.objects, []);
}

#[test]
fn a_recording_of_databases_alone_is_no_cluster() {
    let scene = Scene::of(&[("nb.db", nb("a", ""))]);
    let snapshot = read_needs(&scene, "", &all_objects());
    assert_eq!(snapshot.clusters, Vec::<String>::new());
    assert_eq!(told(&scene, &snapshot), "");
}

fn list(kind: &str, namespace: Option<&str>, labels: Option<&str>) -> ResourceQuestion {
    ResourceQuestion::List {
        kind: kind.parse().unwrap(),
        namespace: namespace.map(|text| text.parse().unwrap()),
        labels: labels.map(|text| text.parse().unwrap()),
        fields: None,
    }
}

fn get(kind: &str, namespace: Option<&str>, name: &str) -> ResourceQuestion {
    ResourceQuestion::Get {
        kind: kind.parse().unwrap(),
        namespace: namespace.map(|text| text.parse().unwrap()),
        name: name.parse().unwrap(),
    }
}

#[test]
fn questions_to_an_api_server_are_answered_without_secrets() {
    let scene = Scene::of(&files());
    let answers = [
        list("pods", None, None),
        list("po", Some("shop"), Some("app=web")),
        list("Pod", Some("elsewhere"), None),
        list("events", Some("shop"), None),
        list("node", None, None),
        list("egressips.k8s.ovn.org", None, None),
        list("networkpolicies", None, None),
        list("secrets", Some("shop"), None),
        list("services", Some("shop"), None),
        list("pods", None, Some("app in web")),
        get("pod", Some("shop"), "web-1"),
        get("pod", Some("shop"), "web-9"),
    ]
    .map(|question| {
        let snapshot = read_needs(&scene, "", &Needs::default().resource(question.clone()));
        let answers = snapshot.resources.iter().map(|read| match &read.answer {
            ResourceAnswer::Objects {
                kind,
                objects,
                concealed,
                ..
            } => {
                let names = objects
                    .iter()
                    .map(|one| one["metadata"]["name"].to_string());
                let names: Vec<String> = names.collect();
                format!("{kind} {}; {concealed} taken out", names.join(", "))
            }
            other => format!("{other:?}"),
        });
        let gaps = snapshot.gaps.iter();
        let gaps = gaps.map(|gap| format!("gap: {}: {}", gap.what, gap.why));
        let told: Vec<String> = answers.chain(gaps).collect();
        assert!(!format!("{snapshot:?}").contains("hunter2"));
        assert!(!format!("{snapshot:?}").contains("aHVudGVyMg"));
        format!("{question}\n  {}", told.join("\n  "))
    });
    let root = scene.path().display().to_string();
    insta::assert_snapshot!(answers.join("\n").replace(&root, "B"), @r#"
    list of pods
      Pod "one", "web-1", "db-0"; 1 taken out
      gap: pods of other namespaces: the recording holds those of 2 namespaces (bank, shop) alone
    list of po in shop
      Pod "web-1"; 1 taken out
    list of Pod in elsewhere
      gap: recorded:B: list of Pod in elsewhere: the recording holds Pod of 2 namespaces (bank, shop) alone
    list of events in shop
      Event "web-1.1"; 0 taken out
    list of node
      Node "a"; 0 taken out
    list of egressips.k8s.ovn.org
      EgressIP "out"; 0 taken out
    list of networkpolicies
      gap: recorded:B: list of networkpolicies: the recording holds no networkpolicies; it holds 7 kinds (egressips, events, namespaces, nodes, pods, secrets, services)
    list of secrets in shop
      gap: recorded:B: list of secrets in shop: secrets are never returned: what they hold is secret
    list of services in shop
      Service "web"; 0 taken out
      gap: B/mg/q/namespaces/shop/core/services.yaml: invalid indentation in multiline quoted scalar at line 9, column 1
    list of pods
      gap: recorded:B: list of pods: "app in web" is no part of a selector: write name=value, name!=value, name in (a,b), name notin (a,b), name or !name
    pod shop/web-1
      Pod "web-1"; 1 taken out
    pod shop/web-9
      gap: recorded:B: pod shop/web-9: the recording holds no pod web-9 in shop
    "#);
}
