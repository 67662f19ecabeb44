//! Micro-benchmarks of the client's pieces: framing, decode, apply, snapshot, index, typed access.
//!
//! `cargo bench -p ovn-micro-benches` runs all, `-- framing` those of a name. Beside the times
//! stand the allocations of each. The rows are those of a northbound database of 50 nodes and
//! 10 000 pods unless a number says otherwise.
#![expect(
    clippy::unwrap_used,
    reason = "a benchmark whose material is not sound is to end at once"
)]

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use ovn_micro_benches::material::Material;
use ovn_micro_benches::parser::READ;
use ovn_schemas::nb::logical_switch_port::{BY_NAME, DEFINITION, NAME};
use ovn_schemas::nb::{Acl, LogicalSwitch, LogicalSwitchPort};
use ovsdb_client::replica::{Cause, IndexColumns, IndexSpec, Replica, Values};
use ovsdb_client::rpc::Framer;
use ovsdb_client::schema::{DatabaseLayout, DatabaseSchema};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

/// How many pods there are, each with a port.
const PODS: usize = 10_000;
/// How many rows are changed where messages are applied one after the other.
const CHANGED: usize = 1_000;

static MATERIAL: LazyLock<Material> =
    LazyLock::new(|| Material::northbound(PODS / 200, PODS).unwrap());
static PORTS: LazyLock<String> = LazyLock::new(|| MATERIAL.initial(DEFINITION.name).unwrap());

fn main() {
    divan::main();
}

/// A replica of all rows.
fn filled() -> Replica {
    let mut replica = Replica::new(Arc::clone(&MATERIAL.layout));
    let all = MATERIAL.read(&MATERIAL.all_initial()).unwrap();
    replica.replace(all, Cause::Initial).unwrap();
    replica
}

mod framing {
    use super::{
        Bencher, BytesCount, CHANGED, DEFINITION, Framer, MATERIAL, PORTS, READ, black_box,
    };

    /// One message of some megabytes, in reads of 64 KiB.
    #[divan::bench]
    fn one_large_message(bencher: Bencher<'_, '_>) {
        let stream = format!(r#"{{"id":1,"result":{},"error":null}}"#, *PORTS);
        bencher
            .counter(BytesCount::of_str(&stream))
            .bench(|| frame(&stream));
    }

    /// A thousand updates of a row, in reads of 64 KiB.
    #[divan::bench]
    fn many_small_messages(bencher: Bencher<'_, '_>) {
        let stream: String = MATERIAL
            .changes(DEFINITION.name, CHANGED, 1)
            .unwrap()
            .iter()
            .map(|rows| format!(r#"{{"id":null,"method":"update2","params":["m",{rows}]}}"#))
            .collect();
        bencher
            .counter(BytesCount::of_str(&stream))
            .bench(|| frame(&stream));
    }

    fn frame(stream: &str) {
        let mut framer = Framer::default();
        for part in stream.as_bytes().chunks(READ) {
            framer.push(part);
            while let Some(message) = framer.next_message().unwrap() {
                black_box(message);
            }
        }
    }
}

mod decode {
    use super::{Bencher, BytesCount, CHANGED, DEFINITION, ItemsCount, MATERIAL, black_box};

    /// All rows of all tables.
    #[divan::bench]
    fn a_whole_database(bencher: Bencher<'_, '_>) {
        let text = MATERIAL.all_initial();
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| MATERIAL.read(&text).unwrap());
    }

    /// Changes of one map, in messages of so many rows.
    #[divan::bench(args = [1, 100])]
    fn changes(bencher: Bencher<'_, '_>, a_message: usize) {
        let messages = MATERIAL
            .changes(DEFINITION.name, CHANGED, a_message)
            .unwrap();
        bencher.counter(ItemsCount::new(CHANGED)).bench(|| {
            for message in &messages {
                black_box(MATERIAL.read(message).unwrap());
            }
        });
    }
}

mod schema {
    use super::{Arc, DatabaseLayout, DatabaseSchema, MATERIAL};

    /// The schema's text read, and the generated tables laid out on it.
    #[divan::bench]
    fn read_and_laid_out() -> DatabaseLayout {
        let schema = DatabaseSchema::parse(MATERIAL.schema).unwrap();
        DatabaseLayout::new(Arc::new(schema), MATERIAL.definition.tables)
    }
}

mod apply {
    use super::{
        Arc, Bencher, CHANGED, Cause, DEFINITION, ItemsCount, MATERIAL, Replica, Values, filled,
    };

    /// All rows at once, after they are read.
    #[divan::bench]
    fn a_whole_database(bencher: Bencher<'_, '_>) {
        let text = MATERIAL.all_initial();
        bencher
            .with_inputs(|| MATERIAL.read(&text).unwrap())
            .bench_values(|update| {
                let mut replica = Replica::new(Arc::clone(&MATERIAL.layout));
                replica.replace(update, Cause::Initial).unwrap();
                replica
            });
    }

    /// Changes in messages of so many rows, each with the snapshot before still held.
    #[divan::bench(args = [1, 100])]
    fn changes(bencher: Bencher<'_, '_>, a_message: usize) {
        let messages = MATERIAL
            .changes(DEFINITION.name, CHANGED, a_message)
            .unwrap();
        let updates = || messages.iter().map(|text| MATERIAL.read(text).unwrap());
        bencher
            .counter(ItemsCount::new(CHANGED))
            .with_inputs(|| (filled(), updates().collect::<Vec<_>>()))
            .bench_values(|(mut replica, updates)| {
                let mut held = replica.snapshot();
                for update in updates {
                    replica
                        .apply(update, Values::Differences, Cause::Delta)
                        .unwrap();
                    held = replica.snapshot();
                }
                (replica, held)
            });
    }
}

mod snapshot {
    use super::{Bencher, filled};

    #[divan::bench]
    fn taken(bencher: Bencher<'_, '_>) {
        let replica = filled();
        bencher.bench_local(|| replica.snapshot());
    }
}

mod index {
    use super::{
        BY_NAME, Bencher, CHANGED, DEFINITION, IndexColumns, IndexSpec, ItemsCount,
        LogicalSwitchPort, NAME, PODS, black_box, filled,
    };

    fn by_name() -> IndexColumns {
        IndexColumns::of(DEFINITION.name).column(NAME.name())
    }

    /// A port by its name, each of a thousand, without an index and with each kind.
    #[divan::bench(args = ["hash", "ordered"])]
    fn found(bencher: Bencher<'_, '_>, kind: &str) {
        let mut replica = filled();
        replica
            .declare(match kind {
                "hash" => IndexSpec::hash(by_name()),
                _ => IndexSpec::ordered(by_name()),
            })
            .unwrap();
        let snapshot = replica.snapshot();
        let names: Vec<String> = snapshot
            .rows::<LogicalSwitchPort>()
            .map(|port| port.name().to_owned())
            .step_by(PODS / CHANGED)
            .take(CHANGED)
            .collect();
        bencher
            .counter(ItemsCount::new(names.len()))
            .bench_local(|| {
                for name in &names {
                    black_box(snapshot.find(BY_NAME, name).unwrap());
                }
            });
    }

    /// An index made over all ports.
    #[divan::bench(args = ["hash", "ordered"])]
    fn made(bencher: Bencher<'_, '_>, kind: &str) {
        let spec = match kind {
            "hash" => IndexSpec::hash(by_name()),
            _ => IndexSpec::ordered(by_name()),
        };
        bencher
            .with_inputs(filled)
            .bench_local_values(|mut replica| {
                replica.declare(spec.clone()).unwrap();
                replica
            });
    }
}

mod typed {
    use super::{Acl, Bencher, ItemsCount, LogicalSwitch, LogicalSwitchPort, filled};

    /// Three columns of every port: a string, a set and one key of a map.
    #[divan::bench]
    fn columns_of_every_port(bencher: Bencher<'_, '_>) {
        let snapshot = filled().snapshot();
        let ports = snapshot.rows::<LogicalSwitchPort>().count();
        bencher.counter(ItemsCount::new(ports)).bench_local(|| {
            let rows = snapshot.rows::<LogicalSwitchPort>();
            rows.map(|port| {
                let addresses: usize = port.addresses().iter().map(str::len).sum();
                let namespace = port.external_ids().get("namespace").map_or(0, str::len);
                port.name().len() + addresses + namespace
            })
            .sum::<usize>()
        });
    }

    /// The matches of all access-control rows.
    #[divan::bench]
    fn matches_of_every_acl(bencher: Bencher<'_, '_>) {
        let snapshot = filled().snapshot();
        let acls = snapshot.rows::<Acl>().count();
        bencher.counter(ItemsCount::new(acls)).bench_local(|| {
            snapshot
                .rows::<Acl>()
                .map(|acl| acl.match_().len())
                .sum::<usize>()
        });
    }

    /// Every reference of every switch, followed to its port.
    #[divan::bench]
    fn ports_of_every_switch(bencher: Bencher<'_, '_>) {
        let snapshot = filled().snapshot();
        let follow = || -> usize {
            let switches = snapshot.rows::<LogicalSwitch>();
            switches
                .map(|switch| {
                    let ports = switch.ports();
                    let found = ports.iter().filter_map(|port| snapshot.get(port));
                    found.filter(|port| !port.name().is_empty()).count()
                })
                .sum()
        };
        bencher
            .counter(ItemsCount::new(follow()))
            .bench_local(follow);
    }
}
