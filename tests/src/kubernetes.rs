//! A Kubernetes API server with kubelets, in this process, in front of real daemons.
//!
//! It lists, watches and gets objects page by page and by selectors, gives logs, reviews access,
//! creates and deletes pods, forwards ports, and carries out commands in pods over WebSockets as a real
//! one does (`v5.channel.k8s.io` and `v4.channel.k8s.io`). A container is the directory of a
//! [`Node`](crate::sandbox::Node): the paths of sockets in a command are led there, and only those
//! programs are found that the image is said to have. As in a real container a command whose
//! caller vanishes is not killed: its standard input ends, and the rest is its own affair.
//!
//! What a cluster can do wrong is switched on by [`Faults`].
//!
//! **Source**: kube-apiserver 1.36.2, k8s.io/apimachinery `util/remotecommand`,
//! k8s.io/apiserver `util/proxy` and `endpoints`.

mod fault;

mod kind;

mod pod;

mod state;

mod reply;

mod selector;

mod right;

mod create;

mod log;

mod watch;

mod command;

mod exec;

mod port_forward;

mod upgrade;

mod route;

mod server;

pub use self::fault::{Denied, Faults};
pub use self::pod::Pod;
pub use self::server::KubeCluster;
