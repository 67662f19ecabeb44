//! The inventory: the objects of a cluster that rows are made from, page by page.
//!
//! The kinds and their paths are known, so no discovery comes before the question: each is one
//! request a page. Of each object only what the model knows is kept, page after page, so that
//! thousands of pods take little room here.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream;
use kube::core::Request;
use kube::core::params::ListParams;
use serde_json::Value as Json;
use tokio::time::timeout;

use crate::access::in_words;
use crate::access::kubernetes::cluster::Cluster;
use crate::access::kubernetes::failure::KubernetesError;
use crate::access::kubernetes::patience::patiently;
use crate::access::kubernetes::session::{EXPIRED, MAX_BEGINNINGS, Session};
use crate::objects::{Object, ObjectList, ObjectQuestion, ObjectScope, ObjectsRead};

/// How long the API server may take for all objects of one kind.
/// **Default and why**: 30 s; twenty thousand pods take some ten, and the databases, which tell
/// most, have their answer by then.
const KIND_TIMEOUT: Duration = Duration::from_secs(30);

/// How many objects are asked for at once.
/// **Default and why**: 500, as kubectl does.
const PAGE: u32 = 500;

/// The most objects of one kind.
/// **Default and why**: 50 000; the largest clusters that Kubernetes is tested with have 150 000
/// pods, and one beyond this is told as not known in full.
const MAX_OBJECTS: usize = 50_000;

/// How many kinds are asked for at once.
/// **Default and why**: 8; the API server serves others too, and lists are long.
const MAX_QUESTIONS: usize = 8;

/// The label that names a slice's service.
const OF_SERVICE: &str = "kubernetes.io/service-name";

/// What a cluster knows of objects. What it does not answer says why.
pub(super) async fn take(cluster: &Cluster, questions: Vec<ObjectQuestion>) -> Vec<ObjectsRead> {
    if questions.is_empty() {
        return Vec::new();
    }
    let source = cluster.to_string();
    let session = match cluster.session().await {
        Ok(session) => session,
        Err(error) => {
            let why = in_words(&error);
            let unread = questions.into_iter().map(|question| ObjectsRead {
                source: source.clone(),
                question,
                outcome: Err(why.clone()),
            });
            return unread.collect();
        }
    };
    let asking = questions.into_iter().map(|question| {
        let (session, source) = (&session, source.clone());
        async move {
            let outcome = match timeout(KIND_TIMEOUT, session.list_of(&question)).await {
                Ok(outcome) => outcome.map_err(|error| in_words(&error)),
                Err(_) => Err(in_words(&KubernetesError::Slow {
                    what: "the API server",
                    limit: KIND_TIMEOUT,
                })),
            };
            ObjectsRead {
                source,
                question,
                outcome,
            }
        }
    });
    stream::iter(asking).buffered(MAX_QUESTIONS).collect().await
}

impl Session {
    /// The objects that a question is about.
    async fn list_of(&self, question: &ObjectQuestion) -> Result<ObjectList, KubernetesError> {
        let kind = question.kind;
        let request = Request::new(path(question));
        let whole = params(question);
        let mut params = whole.clone().limit(PAGE);
        let (mut list, mut begun) = (ObjectList::default(), 0);
        loop {
            let page: Result<Json, _> = patiently(|| async {
                let page = request
                    .list(&params)
                    .map_err(|error| KubernetesError::Unreachable(error.into()))?;
                let answer = self.client().request(page).await;
                answer.map_err(|error| {
                    let right = || format!("the right to list {} is needed", kind.resource());
                    KubernetesError::of(error, right)
                })
            })
            .await;
            let mut page = match page {
                // A list that changes while it is read begins anew, all at once this time.
                Err(KubernetesError::Refused { code: EXPIRED, .. }) if begun < MAX_BEGINNINGS => {
                    begun += 1;
                    list = ObjectList::default();
                    params = whole.clone();
                    continue;
                }
                Err(KubernetesError::NoPod(_)) if kind.is_optional() => return Ok(list),
                Err(KubernetesError::NoPod(_)) => {
                    return Err(KubernetesError::NoKind {
                        asked: kind.resource(),
                        near: String::new(),
                    });
                }
                page => page?,
            };
            let items = match page.get_mut("items").map(Json::take) {
                Some(Json::Array(items)) => items,
                _ => Vec::new(),
            };
            for item in items {
                match Object::read(kind, &item) {
                    Some(object) => list.objects.push(object),
                    None => list.unreadable += 1,
                }
            }
            match page["metadata"]["continue"].as_str() {
                None | Some("") => return Ok(list),
                Some(_) if list.objects.len() >= MAX_OBJECTS => {
                    list.more = true;
                    return Ok(list);
                }
                Some(next) => params = params.continue_token(next),
            }
        }
    }
}

/// The path of the objects.
fn path(question: &ObjectQuestion) -> String {
    let kind = question.kind;
    let root = match kind.group() {
        "" => "/api/v1".to_owned(),
        group => format!("/apis/{group}/{}", kind.version()),
    };
    let namespace = match &question.scope {
        ObjectScope::Named { namespace, .. } => namespace.as_ref(),
        ObjectScope::OfService { namespace, .. } | ObjectScope::InNamespace { namespace } => {
            Some(namespace)
        }
        ObjectScope::All | ObjectScope::OnNode { .. } => None,
    };
    let plural = kind.plural();
    match namespace {
        Some(namespace) => format!("{root}/namespaces/{namespace}/{plural}"),
        None => format!("{root}/{plural}"),
    }
}

/// Which of them.
fn params(question: &ObjectQuestion) -> ListParams {
    let params = ListParams::default();
    match &question.scope {
        ObjectScope::All | ObjectScope::InNamespace { .. } => params,
        ObjectScope::OnNode { node } => params.fields(&format!("spec.nodeName={node}")),
        // A list of one, so that one that is not there is none rather than an error.
        ObjectScope::Named { name, .. } => params.fields(&format!("metadata.name={name}")),
        ObjectScope::OfService { service, .. } => params.labels(&format!("{OF_SERVICE}={service}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objects::ObjectKind;
    use crate::resource::ObjectName;

    fn name(text: &str) -> ObjectName {
        text.parse().expect("a name")
    }

    #[test]
    fn questions_are_requests_of_one_kind() {
        let shown = |kind: ObjectKind, scope: ObjectScope| {
            let question = ObjectQuestion { kind, scope };
            let params = params(&question);
            let selectors = [params.field_selector, params.label_selector];
            let selectors: Vec<String> = selectors.into_iter().flatten().collect();
            format!("{} {}", path(&question), selectors.join(" "))
        };
        let mut told: Vec<String> = ObjectKind::ALL
            .map(|kind| shown(kind, ObjectScope::All))
            .to_vec();
        let namespace = name("shop");
        told.push(shown(
            ObjectKind::NetworkPolicy,
            ObjectScope::InNamespace { namespace },
        ));
        let node = name("a");
        told.push(shown(ObjectKind::Pod, ObjectScope::OnNode { node }));
        let (namespace, service) = (name("shop"), name("web"));
        told.push(shown(
            ObjectKind::EndpointSlice,
            ObjectScope::OfService { namespace, service },
        ));
        let (namespace, name) = (Some(name("shop")), name("web-1"));
        told.push(shown(
            ObjectKind::Pod,
            ObjectScope::Named { namespace, name },
        ));
        insta::assert_snapshot!(told.join("\n"), @"
        /api/v1/nodes 
        /api/v1/namespaces 
        /api/v1/pods 
        /api/v1/services 
        /apis/discovery.k8s.io/v1/endpointslices 
        /apis/networking.k8s.io/v1/networkpolicies 
        /apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies 
        /apis/policy.networking.k8s.io/v1alpha1/baselineadminnetworkpolicies 
        /apis/k8s.ovn.org/v1/egressips 
        /apis/k8s.ovn.org/v1/egressfirewalls 
        /apis/k8s.ovn.org/v1/userdefinednetworks 
        /apis/k8s.ovn.org/v1/clusteruserdefinednetworks 
        /apis/k8s.cni.cncf.io/v1/network-attachment-definitions 
        /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies 
        /api/v1/pods spec.nodeName=a
        /apis/discovery.k8s.io/v1/namespaces/shop/endpointslices kubernetes.io/service-name=web
        /api/v1/namespaces/shop/pods metadata.name=web-1
        ");
    }
}
