//! Both searches: how well they find what people really paste and type, and that the site's script finds the same.
#![cfg(feature = "compiler")]

#[path = "../support/careplan.rs"]
mod careplan;
mod engine;
mod messages;
mod noise;
mod quality;
mod same;
mod site;
