//! What travels between the browser and the server; `docs/wire.md` has the formats.

mod effect;

pub(crate) use self::effect::Effect;
