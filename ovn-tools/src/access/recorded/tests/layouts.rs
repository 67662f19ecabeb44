//! Bundles as collectors lay them out.

use jiff::Timestamp;

use super::scene::{Scene, gz, nb, ovs, sb, tar, xz, zst};
use crate::access::bundle::{Bundle, Layout, Limits, NotedKind};
use crate::access::manifest::{DatabaseRecorded, Manifest};
use crate::database::Database;

fn text(text: &str) -> Vec<u8> {
    text.as_bytes().to_vec()
}

#[test]
fn a_folder_of_databases_of_many_nodes() {
    let scene = Scene::of(&[
        ("a/ovnnb_db.db", nb("a", "")),
        ("a/ovnsb_db.db", sb("a", &["a", "~b"])),
        ("a/conf.db", ovs("a")),
        ("b/nbdb.gz", gz(&nb("b", ""))),
        ("b/sbdb.xz", xz(&sb("b", &["b", "~a"]))),
        ("b/conf.db.zst", zst(&ovs("b"))),
        ("b/.ovnnb_db.db.~lock~", Vec::new()),
        ("README", text("databases of two nodes")),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/a/ovnnb_db.db nb of a (NB_Global.name)
    B/a/ovnsb_db.db sb of a (SB_Global.options:name)
    B/a/conf.db ovs of a (Open_vSwitch.external_ids:hostname)
    B/b/nbdb.gz nb of b (NB_Global.name)
    B/b/sbdb.xz sb of b (SB_Global.options:name)
    B/b/conf.db.zst ovs of b (Open_vSwitch.external_ids:hostname)
    ");
    // One file alone is named by its rows and by nothing else.
    insta::assert_snapshot!(scene.shown("b/sbdb.xz"), @"B/b/sbdb.xz sb of b (SB_Global.options:name)");
}

#[test]
fn a_must_gather_with_its_database_store_packed_in_it() {
    let store = tar(&[
        ("ovnk_database_store/ovnkube-node-x_nbdb", nb("", "x")),
        ("ovnk_database_store/ovnkube-node-x_sbdb", sb("", &[])),
        ("ovnk_database_store/ovnkube-node-y_nbdb", nb("zone-y", "y")),
    ]);
    let pod = "mg/q/namespaces/openshift-ovn-kubernetes/pods/ovnkube-node-x/ovnkube-node-x.yaml";
    let files = [
        ("mg/timestamp", text("now")),
        ("mg/q/network_logs/cluster_scale", text("2")),
        ("mg/q/network_logs/ovnk_database_store.tar.gz", gz(&store)),
        (
            "mg/q/cluster-scoped-resources/core/nodes/w0.yaml",
            text("kind: Node"),
        ),
        (pod, text("kind: Pod\nspec:\n  nodeName: worker-0\n")),
        (
            "mg/q/namespaces/n/pods/p/c/c/logs/current.log",
            text("hello"),
        ),
    ];
    let scene = Scene::of(&[
        ("mg.tar.gz", gz(&tar(&files))),
        ("case.tar.xz", xz(&tar(&[("mg.tar.gz", gz(&tar(&files)))]))),
    ]);
    insta::assert_snapshot!(scene.shown("mg.tar.gz"), @"
    B/mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-x_nbdb nb of worker-0 (pod ovnkube-node-x runs on it (ovnkube-node-x/ovnkube-node-x.yaml)) ovnkube-node-x
    B/mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-x_sbdb sb of worker-0 (pod ovnkube-node-x runs on it (ovnkube-node-x/ovnkube-node-x.yaml)) ovnkube-node-x
    B/mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-y_nbdb nb of zone-y (NB_Global.name) ovnkube-node-y
    ");
    insta::assert_snapshot!(scene.shown("case.tar.xz"), @"
    B/case.tar.xz!mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-x_nbdb nb of worker-0 (pod ovnkube-node-x runs on it (ovnkube-node-x/ovnkube-node-x.yaml)) ovnkube-node-x
    B/case.tar.xz!mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-x_sbdb sb of worker-0 (pod ovnkube-node-x runs on it (ovnkube-node-x/ovnkube-node-x.yaml)) ovnkube-node-x
    B/case.tar.xz!mg.tar.gz!mg/q/network_logs/ovnk_database_store.tar.gz!ovnk_database_store/ovnkube-node-y_nbdb nb of zone-y (NB_Global.name) ovnkube-node-y
    ");
    let bundle = Bundle::open(&scene.at("mg.tar.gz")).unwrap();
    assert_eq!(Vec::from_iter(bundle.layouts), [Layout::MustGather]);
    let noted = bundle
        .noted
        .iter()
        .map(|noted| (noted.kind, noted.place.to_string()));
    let mut noted: Vec<_> = noted.collect();
    noted.sort();
    let kinds: Vec<NotedKind> = noted.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            NotedKind::Log,
            NotedKind::Resource,
            NotedKind::Resource,
            NotedKind::Network
        ]
    );
    assert_eq!(
        noted[0].1,
        "mg.tar.gz!mg/q/namespaces/n/pods/p/c/c/logs/current.log"
    );
    let read = scene.read("mg.tar.gz", Limits::default(), &[Database::Nb]);
    let described = read.unwrap().bundle.unwrap();
    insta::assert_snapshot!(serde_json::to_string(&described).unwrap().replace(&scene.path().display().to_string(), "B"), @r#"{"source":"recorded:B/mg.tar.gz","collections":["OpenShift must-gather"],"files":10,"databases":3,"copies":0,"texts":{"logs":1,"network outputs":1,"resources":2}}"#);
}

#[test]
fn an_older_must_gather_with_the_leaders_databases() {
    let scene = Scene::of(&[
        ("q/network_logs/leader_nbdb.gz", gz(&nb("", "leader"))),
        ("q/network_logs/leader_sbdb.gz", gz(&sb("", &["a", "b"]))),
        ("q/network_logs/leader_ovnnb_status", text("Role: leader")),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/q/network_logs/leader_nbdb.gz nb of - (-)
    B/q/network_logs/leader_sbdb.gz sb of - (-)
    ");
}

#[test]
fn the_databases_of_an_upstream_test() {
    let scene = Scene::of(&[
        ("e2e-dbs/t-1/kind-worker-conf.db", ovs("")),
        ("e2e-dbs/t-1/kind-control-plane-conf.db", ovs("")),
        ("e2e-dbs/t-1/ovnnb_db.db", nb("", "n")),
        ("e2e-dbs/t-1/ovnsb_db.db", sb("", &["a"])),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/e2e-dbs/t-1/ovnnb_db.db nb of - (-)
    B/e2e-dbs/t-1/ovnsb_db.db sb of - (-)
    B/e2e-dbs/t-1/kind-control-plane-conf.db ovs of - (-)
    gap: B/e2e-dbs/t-1/kind-worker-conf.db: it has the very content of B/e2e-dbs/t-1/kind-control-plane-conf.db and is not shown again
    ");
}

#[test]
fn the_databases_of_a_kind_cluster() {
    let scene = Scene::of(&[
        ("ovndbs/kind-worker_ovnnb_db.db", nb("", "1")),
        ("ovndbs/kind-worker2_ovnnb_db.db", nb("", "2")),
        ("ovndbs/kind-worker_ovnsb_db.db", sb("", &["1"])),
        ("ovndbs/kind-worker2_ovnsb_db.db", sb("", &["2"])),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/ovndbs/kind-worker_ovnnb_db.db nb of kind-worker (name of the file)
    B/ovndbs/kind-worker_ovnsb_db.db sb of kind-worker (name of the file)
    B/ovndbs/kind-worker2_ovnnb_db.db nb of kind-worker2 (name of the file)
    B/ovndbs/kind-worker2_ovnsb_db.db sb of kind-worker2 (name of the file)
    ");
}

#[test]
fn sosreports_with_a_database_that_was_cut_short() {
    let whole = nb("", "long");
    let report = |host: &str, conf: Vec<u8>, zone: &str| {
        let at = |path: &str| format!("sosreport-{host}/{path}");
        let files = [
            (at("sos_commands/host/hostname"), text(&format!("{host}\n"))),
            (
                at("sos_commands/openvswitch/ovs-vsctl_-t_5_show"),
                text("Bridge br-int"),
            ),
            (at("var/lib/ovn-ic/etc/ovnnb_db.db"), nb(zone, host)),
            (at("var/lib/ovn-ic/etc/ovnsb_db.db"), sb(zone, &[host])),
            (
                at("sos_strings/openvswitch/etc.openvswitch.conf.db.tailed"),
                conf,
            ),
            (at("var/log/openvswitch/ovsdb-server.log"), text("log")),
        ];
        let files: Vec<(&str, Vec<u8>)> = files
            .iter()
            .map(|(path, content)| (path.as_str(), content.clone()))
            .collect();
        xz(&tar(&files))
    };
    let scene = Scene::of(&[
        (
            "sosreport-w1.tar.xz",
            report("w1", whole[100..].to_vec(), ""),
        ),
        (
            "sosreport-w2.tar.xz",
            report("w2", ovs("w2.example.com"), ""),
        ),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/sosreport-w1.tar.xz!sosreport-w1/var/lib/ovn-ic/etc/ovnnb_db.db nb of w1 (host of the sosreport (host/hostname))
    B/sosreport-w1.tar.xz!sosreport-w1/var/lib/ovn-ic/etc/ovnsb_db.db sb of w1 (host of the sosreport (host/hostname))
    B/sosreport-w2.tar.xz!sosreport-w2/var/lib/ovn-ic/etc/ovnnb_db.db nb of w2 (host of the sosreport (host/hostname))
    B/sosreport-w2.tar.xz!sosreport-w2/var/lib/ovn-ic/etc/ovnsb_db.db sb of w2 (host of the sosreport (host/hostname))
    B/sosreport-w2.tar.xz!sosreport-w2/sos_strings/openvswitch/etc.openvswitch.conf.db.tailed ovs of w2.example.com (Open_vSwitch.external_ids:hostname)
    gap: B/sosreport-w1.tar.xz!sosreport-w1/sos_strings/openvswitch/etc.openvswitch.conf.db.tailed: it begins in the middle of a database: its collector kept only the end of the file (sos cuts files larger than --log-size), and without the beginning the rest cannot be read
    ");
    let bundle = Bundle::open(scene.path()).unwrap();
    assert_eq!(Vec::from_iter(bundle.layouts), [Layout::SosReport]);
}

#[test]
fn a_database_whose_beginning_is_cut_off_far_from_the_next_record() {
    let mut tail = vec![b'x'; 3 << 20];
    tail.extend(b"\n");
    tail.extend(ovs("host"));
    let scene = Scene::of(&[("conf.db", tail), ("nb.db", nb("n", ""))]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/nb.db nb of n (NB_Global.name)
    gap: B/conf.db: it begins in the middle of a database: its collector kept only the end of the file (sos cuts files larger than --log-size), and without the beginning the rest cannot be read
    ");
}

#[test]
fn a_backup_of_kube_ovn() {
    let scene = Scene::of(&[
        ("kubectl-ko-log/n1/linux/ip.log", text("1: lo")),
        ("ovnnb_db.240131.backup", nb("", "ko")),
        ("ovnsb_db.240131.backup", sb("", &["a", "b"])),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/ovnnb_db.240131.backup nb of - (-)
    B/ovnsb_db.240131.backup sb of - (-)
    ");
}

#[test]
fn the_manifest_of_a_recording_names_its_nodes() {
    let listed = |path: &str, node: Option<&str>| DatabaseRecorded {
        path: path.to_owned(),
        node: node.map(str::to_owned),
        database: Database::Nb,
        schema_version: "7.0.0".to_owned(),
        source: "unix".to_owned(),
        moment: None,
        transactions: 1,
        redacted: true,
    };
    let databases = vec![
        listed("0/nb.db", Some("hidden-1")),
        listed("1/nb.db", Some("hidden-2")),
        listed("2/nb.db", None),
    ];
    let manifest = Manifest::new(Timestamp::UNIX_EPOCH, databases, None);
    let manifest = manifest.write().unwrap();
    let files = [
        ("r/manifest.json", manifest),
        ("r/0/nb.db", nb("real", "0")),
        ("r/1/nb.db", nb("", "1")),
        ("r/2/nb.db", nb("unlisted", "2")),
    ];
    let scene = Scene::of(&[("r.tar.gz", gz(&tar(&files)))]);
    insta::assert_snapshot!(scene.shown("r.tar.gz"), @"
    B/r.tar.gz!r/0/nb.db nb of hidden-1 (manifest)
    B/r.tar.gz!r/1/nb.db nb of hidden-2 (manifest)
    B/r.tar.gz!r/2/nb.db nb of unlisted (NB_Global.name)
    ");
    let bundle = Bundle::open(&scene.at("r.tar.gz")).unwrap();
    assert_eq!(Vec::from_iter(bundle.layouts), [Layout::Recording]);
}

#[test]
fn folders_chassis_and_pods_tell_nodes_apart_where_nothing_else_does() {
    let by_folder = Scene::of(&[("one/nb.db", nb("", "1")), ("two/etc/nb.db", nb("", "2"))]);
    insta::assert_snapshot!(by_folder.shown(""), @"
    B/one/nb.db nb of one (name of the folder)
    B/two/etc/nb.db nb of two (name of the folder)
    ");
    let by_chassis = Scene::of(&[
        ("x.1", sb("", &["a", "~b"])),
        ("x.2", sb("", &["b", "~a"])),
        ("x.3", sb("", &["c", "d"])),
    ]);
    insta::assert_snapshot!(by_chassis.shown(""), @"
    B/x.3 sb of - (-)
    B/x.1 sb of a (Chassis.hostname)
    B/x.2 sb of b (Chassis.hostname)
    ");
    let by_pod = Scene::of(&[
        ("ovnkube-node-x_nbdb", nb("", "1")),
        ("ovnkube-node-y_nbdb", nb("", "2")),
    ]);
    insta::assert_snapshot!(by_pod.shown(""), @"
    B/ovnkube-node-x_nbdb nb of ovnkube-node-x (pod, whose node nothing tells) ovnkube-node-x
    B/ovnkube-node-y_nbdb nb of ovnkube-node-y (pod, whose node nothing tells) ovnkube-node-y
    ");
    let members = Scene::of(&[("s1.db", nb("", "1")), ("s2.db", nb("", "2"))]);
    insta::assert_snapshot!(members.shown(""), @"
    B/s1.db nb of - (-)
    B/s2.db nb of - (-)
    gap: the nodes of nb databases: nothing tells to which nodes these belong: B/s1.db, B/s2.db
    ");
}

#[test]
fn dumps_are_databases_and_lists_are_none() {
    let dump = r#"{"caption":"NB_Global table","data":[[["uuid","00000001-0000-4000-8000-000000000000"],"zone"]],"headings":["_uuid","name"]}
{"caption":"Logical_Switch table","data":[],"headings":["_uuid","name"]}"#;
    let other = r#"{"headings":["_uuid","external_ids"],"data":[[["uuid","00000001-0000-4000-8000-000000000000"],["map",[["hostname","h"]]]]],"caption":"Open_vSwitch table"}"#;
    let list = r#"{"data":[[["uuid","00000001-0000-4000-8000-000000000000"],"zone"]],"headings":["_uuid","name"]}"#;
    let scene = Scene::of(&[
        ("dump.json", text(dump)),
        ("list.json", text(list)),
        ("other.json", text(other)),
        (
            "packed.json.gz",
            gz(other.replace("\"h\"", "\"i\"").as_bytes()),
        ),
    ]);
    insta::assert_snapshot!(scene.shown(""), @"
    B/other.json ovs of h (Open_vSwitch.external_ids:hostname)
    B/packed.json.gz ovs of i (Open_vSwitch.external_ids:hostname)
    B/dump.json nb of zone (NB_Global.name)
    ");
}
