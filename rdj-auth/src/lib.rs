//! Users, passwords, permissions and sign-in of rdj.

extern crate self as rdj;

#[doc(hidden)]
pub mod __private {
    //! What the derives of this crate's own models name.
    pub use inventory;
    pub use rdj_orm as orm;
    pub use rdj_runtime as runtime;
}

mod crypto;
pub mod entity;
pub mod password;
pub mod validate;
