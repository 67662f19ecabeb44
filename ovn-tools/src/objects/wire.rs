//! The wire: fields of objects as the API server writes them. What is not there, or is of another
//! type than it should be, reads as absent.

use core::net::IpAddr;
use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::address::Network;

/// A text that is not empty.
pub(super) fn text(value: &Json) -> Option<Box<str>> {
    value
        .as_str()
        .filter(|text| !text.is_empty())
        .map(Box::from)
}

/// The texts of a list.
pub(super) fn texts(value: &Json) -> Vec<Box<str>> {
    items(value).filter_map(text).collect()
}

/// The items of a list.
pub(super) fn items(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

/// The texts of an object's members by their names.
pub(super) fn table(value: &Json) -> BTreeMap<Box<str>, Box<str>> {
    let members = value.as_object().into_iter().flatten();
    members
        .filter_map(|(name, value)| Some((name.as_str().into(), value.as_str()?.into())))
        .collect()
}

/// A number of a port.
pub(super) fn port(value: &Json) -> Option<u16> {
    value.as_u64().and_then(|port| u16::try_from(port).ok())
}

/// The addresses of a list; what is none is left out.
pub(super) fn ips(value: &Json) -> Vec<IpAddr> {
    items(value).filter_map(ip).collect()
}

/// An address.
pub(super) fn ip(value: &Json) -> Option<IpAddr> {
    value.as_str()?.parse().ok()
}

/// The networks in a text or a list of them, or in the members `ipv4` and `ipv6` of an object.
pub(super) fn networks(value: &Json) -> Vec<Network> {
    match value {
        Json::String(text) => Network::parse(text).into_iter().collect(),
        Json::Array(items) => items.iter().flat_map(networks).collect(),
        Json::Object(members) => members.values().flat_map(networks).collect(),
        _ => Vec::new(),
    }
}

/// JSON in a text, as annotations hold it; null where there is none or it is none.
pub(super) fn inner(value: Option<&str>) -> Json {
    value
        .and_then(|text| serde_json::from_str(text).ok())
        .unwrap_or_default()
}
