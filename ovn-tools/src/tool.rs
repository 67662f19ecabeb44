//! Tools: each a pure function from rows to a report.

use crate::objects::ObjectQuestion;
use crate::report::{Report, ToolError};
use crate::snapshot::{Needs, Request, Snapshot};

pub(crate) mod near;

pub(crate) mod label;

pub(crate) mod natural;

pub(crate) mod seal;

pub mod change;

pub(crate) mod beside;

pub(crate) mod kernel;

pub(crate) mod cluster;

pub(crate) mod origins;

pub(crate) mod asked;

#[cfg(test)]
pub(crate) mod recording;

pub mod health_check;

pub mod object_locate;

pub mod nat_list;

pub mod route_list;

pub mod load_balancer_list;

pub mod acl_list;

pub mod lflow_list;

pub mod packet_trace;

pub mod ovs_show;

pub mod openflow_list;

pub mod ofproto_trace;

pub mod flow_detrace;

pub mod datapath_flow_list;

pub mod conntrack_list;

pub mod ct_zone_list;

pub mod daemon_status;

pub mod ip_show;

pub mod nft_show;

pub mod iptables_show;

pub mod kernel_conntrack_list;

pub mod socket_list;

pub mod packet_capture;

pub mod packet_drops;

pub mod resource_get;

pub mod resource_list;

pub mod pod_log;

pub mod event_list;
pub mod name_list;

pub mod row_read;

pub mod rows_find;

pub mod rows_at;

pub mod rows_diff;

pub mod transaction_list;

pub mod changes_watch;

pub mod schema_describe;

pub mod sources_list;
pub mod topology_show;

/// One question that ovnscope answers.
///
/// A tool never touches the world: it says what it needs, someone reads that, and it concludes.
/// Live servers, recorded files and the demo therefore give the same answer from the same rows.
pub trait Tool: Send + 'static {
    /// The tool's name, `noun_verb`.
    const NAME: &'static str;
    /// What is asked.
    type Params: Send + Sync;
    /// What is answered.
    type Report: Report;

    /// Which tables and columns the question needs.
    ///
    /// # Errors
    /// [`ToolError`] when the question makes no sense before anything is read.
    fn needs(params: &Self::Params) -> Result<Needs, ToolError>;

    /// Which commands the question needs besides, now that the rows are here: none, for most.
    ///
    /// It is asked again with the answers, until it wants nothing new.
    ///
    /// # Errors
    /// [`ToolError`] when the question makes no sense for these databases, with what to ask
    /// instead.
    fn plan(params: &Self::Params, snapshot: &Snapshot) -> Result<Vec<Request>, ToolError> {
        let _ = (params, snapshot);
        Ok(Vec::new())
    }

    /// Which objects of clusters the question needs besides, now that the rows and those asked for
    /// are here: none, for most.
    ///
    /// It is asked again with the answers, until it wants nothing new.
    fn objects(params: &Self::Params, snapshot: &Snapshot) -> Vec<ObjectQuestion> {
        let _ = (params, snapshot);
        Vec::new()
    }

    /// The answer from what was read.
    ///
    /// # Errors
    /// [`ToolError`] when the question makes no sense for these databases, with what to ask
    /// instead.
    fn conclude(params: &Self::Params, snapshot: &Snapshot) -> Result<Self::Report, ToolError>;
}
