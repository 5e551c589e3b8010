//! Keys as templates name them, and as attributes do.

use std::fmt::{self, Write as _};

/// Keys with a name; all others are the character they write.
const NAMED: [&str; 27] = [
    "enter",
    "escape",
    "space",
    "tab",
    "backspace",
    "delete",
    "insert",
    "home",
    "end",
    "pageup",
    "pagedown",
    "up",
    "down",
    "left",
    "right",
    "f1",
    "f2",
    "f3",
    "f4",
    "f5",
    "f6",
    "f7",
    "f8",
    "f9",
    "f10",
    "f11",
    "f12",
];

/// In the order in which attributes have them.
const MODIFIERS: [&str; 5] = ["alt", "ctrl", "meta", "mod", "shift"];

/// A combination of keys that no keyboard has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnknownKey {
    written: String,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    Key,
    Modifier,
    Shift,
    Nothing,
}

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let written = &self.written;
        match self.reason {
            Reason::Key => write!(
                f,
                "`{written}` is no key: write one character, or one of {}",
                NAMED.join(", ")
            ),
            Reason::Modifier => write!(
                f,
                "`{written}` has an unknown modifier: known are {}; `mod` is Cmd on a Mac and Ctrl elsewhere",
                MODIFIERS.join(", ")
            ),
            Reason::Shift => write!(
                f,
                "`{written}`: whether a character needs Shift is the keyboard's, write the character alone"
            ),
            Reason::Nothing => f.write_str("no key is named: write `enter` or `ctrl+s`"),
        }
    }
}

impl std::error::Error for UnknownKey {}

impl UnknownKey {
    /// For writers whose errors say nothing.
    pub(crate) fn tell(self) -> fmt::Error {
        tracing::error!("{self}");
        fmt::Error
    }
}

/// The combinations in `keys`, which are separated by blanks, as attributes have them: `ctrl-s`.
pub(super) fn combinations(keys: &str) -> Result<Vec<String>, UnknownKey> {
    let all: Vec<_> = keys
        .split_whitespace()
        .map(combination)
        .collect::<Result<_, _>>()?;
    if all.is_empty() {
        return Err(unknown("", Reason::Nothing));
    }
    Ok(all)
}

fn unknown(written: &str, reason: Reason) -> UnknownKey {
    UnknownKey {
        written: written.to_owned(),
        reason,
    }
}

fn combination(written: &str) -> Result<String, UnknownKey> {
    let lower = written.to_lowercase();
    // the plus is a key too
    let (before, key) = match lower.strip_suffix('+') {
        Some("") => ("", "+"),
        Some(rest) => (rest.strip_suffix('+').unwrap_or(rest), "+"),
        None => lower.rsplit_once('+').unwrap_or(("", &lower)),
    };
    let held: Vec<_> = before.split('+').filter(|name| !name.is_empty()).collect();
    if !held.iter().all(|name| MODIFIERS.contains(name)) {
        return Err(unknown(written, Reason::Modifier));
    }
    let mut out = String::new();
    for name in MODIFIERS {
        if held.contains(&name) {
            out.push_str(name);
            out.push('-');
        }
    }
    write_key(key, held.contains(&"shift"), &mut out).map_err(|reason| unknown(written, reason))?;
    Ok(out)
}

fn write_key(key: &str, shift: bool, out: &mut String) -> Result<(), Reason> {
    let key = if key == "esc" { "escape" } else { key };
    if NAMED.contains(&key) {
        out.push_str(key);
        return Ok(());
    }
    let mut characters = key.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return Err(Reason::Key);
    };
    if character.is_control() {
        return Err(Reason::Key);
    }
    if shift && !character.is_alphabetic() {
        return Err(Reason::Shift);
    }
    if character.is_ascii_alphanumeric() {
        out.push(character);
    } else {
        // no quote or sign of HTML may stand in the name of an attribute
        let _ = write!(out, "u{:x}", u32::from(character));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modifiers_have_one_order_and_letters_one_case() {
        let names = |keys| combinations(keys).unwrap().join(" ");
        assert_eq!(names("Ctrl+S"), "ctrl-s");
        assert_eq!(names("shift+ctrl+alt+k"), "alt-ctrl-shift-k");
        assert_eq!(names("enter mod+Enter esc"), "enter mod-enter escape");
        assert_eq!(names("/ ? + ctrl++ ä"), "u2f u3f u2b ctrl-u2b ue4");
    }

    #[test]
    fn what_is_no_key_is_told_with_the_known_ones() {
        let told = |keys| combinations(keys).unwrap_err().to_string();
        assert!(
            told("entr").contains("one of enter, escape"),
            "{}",
            told("entr")
        );
        assert!(
            told("strg+s").contains("known are alt, ctrl"),
            "{}",
            told("strg+s")
        );
        assert!(told("shift+1").contains("write the character alone"));
        assert!(told(" ").contains("no key is named"));
        assert!(told("<b>").contains("is no key"));
    }
}
