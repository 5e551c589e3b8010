//! What generated code names. Exempt from semantic versioning.

pub use askama;
pub use inventory;
pub use rdj_orm as orm;
pub use rdj_runtime as runtime;
