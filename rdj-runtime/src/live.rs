//! Live rows: who changed which rows, told to open pages and to server code after the commit.

mod changes;

pub use self::changes::{ChangeKind, Changes, RowChange, Subscription};
