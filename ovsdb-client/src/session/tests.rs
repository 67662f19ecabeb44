//! Tests of the session against scripted messages.
