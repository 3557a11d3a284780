//! The tables of Handover, one file each, and the types their columns share.

pub mod value;
