//! Tests of bundles: folders and archives as collectors make them, built here.

mod hostile;
mod layouts;
mod objects;
mod reading;
mod scene;
