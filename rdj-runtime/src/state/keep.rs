//! What a state takes along when its page goes on in another process.

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// Writes the variables of a page's states down, and gives them back to a page that was opened from the
/// same address in another process.
///
/// One function of a state does both, [`State::keep`](super::State::keep): it names each variable once.
/// What cannot be written down is refused, and the state is then as its address and `on_load` make it.
#[derive(Debug, Default)]
pub struct Keeper {
    states: Map<String, Value>,
    /// Those of the state at hand.
    values: Map<String, Value>,
    restores: bool,
    /// Whether the state at hand refused something.
    refused: bool,
    /// Whether nothing was refused by any state.
    whole: bool,
}

impl Keeper {
    /// One that writes states down.
    pub(crate) fn saving() -> Self {
        Self {
            whole: true,
            ..Self::default()
        }
    }

    /// One that gives states back.
    pub(crate) fn restoring(states: Map<String, Value>) -> Self {
        Self {
            states,
            restores: true,
            whole: true,
            ..Self::default()
        }
    }

    /// Lets one state name its variables.
    pub(crate) fn state(&mut self, name: &str, keep: impl FnOnce(&mut Self)) {
        self.refused = false;
        self.values.clear();
        if self.restores {
            let Some(Value::Object(values)) = self.states.remove(name) else {
                // it refused when it was to be written down
                self.whole = false;
                return;
            };
            self.values = values;
        }
        keep(self);
        let values = std::mem::take(&mut self.values);
        if self.refused {
            self.whole = false;
        } else if !self.restores {
            self.states.insert(name.to_owned(), Value::Object(values));
        }
    }

    /// What was written down, and whether that is all.
    pub(crate) fn into_parts(self) -> (Map<String, Value>, bool) {
        (self.states, self.whole)
    }

    /// Whether values are given back, not written down.
    #[must_use]
    pub fn restores(&self) -> bool {
        self.restores
    }

    /// Writes a variable down, or gives it its value back.
    pub fn var<T: Serialize + DeserializeOwned>(&mut self, name: &str, value: &mut T) {
        if self.restores {
            let kept = self.values.remove(name);
            match kept.map(serde_json::from_value) {
                Some(Ok(kept)) => *value = kept,
                _ => self.refuse(),
            }
            return;
        }
        match serde_json::to_value(&*value) {
            Ok(kept) => {
                self.values.insert(name.to_owned(), kept);
            }
            Err(_) => self.refuse(),
        }
    }

    /// Says that something of the state cannot be kept.
    pub fn refuse(&mut self) {
        self.refused = true;
    }
}

/// A variable that generated code names, whatever its type.
#[doc(hidden)]
#[derive(Debug)]
pub struct Slot<'a, T>(pub &'a mut T);

/// A variable whose type can be written down and read again.
#[doc(hidden)]
pub trait Keeps {
    /// Writes it down, or gives it its value back.
    fn keep(&mut self, name: &str, keeper: &mut Keeper);
}

impl<T: Serialize + DeserializeOwned> Keeps for Slot<'_, T> {
    fn keep(&mut self, name: &str, keeper: &mut Keeper) {
        keeper.var(name, self.0);
    }
}

/// A variable of any other type: found by the compiler only where [`Keeps`] is not there.
#[doc(hidden)]
pub trait Refuses {
    /// Says that it cannot be kept.
    fn keep(&mut self, name: &str, keeper: &mut Keeper);
}

impl<T> Refuses for &mut Slot<'_, T> {
    fn keep(&mut self, _name: &str, keeper: &mut Keeper) {
        keeper.refuse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Opaque;

    fn saved(keep: impl FnOnce(&mut Keeper)) -> (Map<String, Value>, bool) {
        let mut keeper = Keeper::saving();
        keeper.state("a", keep);
        keeper.into_parts()
    }

    #[test]
    fn gives_back_what_was_written_down() {
        let (mut count, mut text) = (7_u32, "seven".to_owned());
        let (states, whole) = saved(|keeper| {
            Slot(&mut count).keep("count", keeper);
            Slot(&mut text).keep("text", keeper);
        });
        assert!(whole);
        let (mut count, mut text) = (0_u32, String::new());
        let mut keeper = Keeper::restoring(states);
        keeper.state("a", |keeper| {
            Slot(&mut count).keep("count", keeper);
            Slot(&mut text).keep("text", keeper);
        });
        assert!(keeper.into_parts().1);
        assert_eq!((count, text.as_str()), (7, "seven"));
    }

    #[test]
    fn a_type_without_a_text_form_refuses_its_state() {
        let mut opaque = Opaque;
        let (states, whole) = saved(|keeper| (&mut Slot(&mut opaque)).keep("opaque", keeper));
        assert!(!whole);
        assert!(states.is_empty());
        let mut keeper = Keeper::restoring(states);
        keeper.state("a", |_| panic!("nothing was kept of it"));
        assert!(!keeper.into_parts().1);
    }

    #[test]
    fn a_value_of_another_type_is_no_value() {
        let mut text = "seven".to_owned();
        let (states, _) = saved(|keeper| keeper.var("a", &mut text));
        let mut number = 3_u8;
        let mut keeper = Keeper::restoring(states);
        keeper.state("a", |keeper| keeper.var("a", &mut number));
        assert!(!keeper.into_parts().1);
        assert_eq!(number, 3);
    }
}
