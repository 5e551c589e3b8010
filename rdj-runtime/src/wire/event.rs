//! Frames from the browser.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::form::Entries;

/// One frame from the browser.
#[derive(Debug)]
pub(crate) enum Incoming {
    Join(Join),
    Event(Event),
    /// Show another page over this socket.
    Go(Go),
    /// A patch did not fit: the view version it was for, and why.
    Miss {
        version: u64,
        reason: String,
    },
}

/// The first frame of a connection.
#[derive(Debug, Deserialize)]
pub(crate) struct Join {
    /// The protocol's version.
    #[serde(rename = "v")]
    pub(crate) protocol: u32,
    pub(crate) token: String,
    /// Path and query, to open the page anew.
    pub(crate) url: String,
    /// The view version the browser has.
    #[serde(default)]
    pub(crate) version: u64,
    /// The token against forged requests, from the page's forms.
    #[serde(default)]
    pub(crate) csrf: String,
    /// The first event whose answer the browser still waits for.
    #[serde(default)]
    pub(crate) waits: Option<u64>,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) seq: u64,
    /// State and event, such as `notes.save`.
    pub(crate) name: String,
    /// A JSON array.
    pub(crate) args: Box<RawValue>,
    pub(crate) form: Option<Entries>,
}

/// The name in the place of an event's that asks for another page; an event's name has a dot.
const GO: &str = "go";

/// The wish to see another page; numbered as the events are.
#[derive(Debug)]
pub(crate) struct Go {
    pub(crate) seq: u64,
    /// Path and query.
    pub(crate) url: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Head {
    Word(String),
    Number(#[expect(dead_code, reason = "its type is what counts")] u64),
}

#[derive(Deserialize)]
struct JoinFrame(
    #[expect(dead_code, reason = "the word `join`")] String,
    Join,
);

#[derive(Deserialize)]
struct MissFrame(
    #[expect(dead_code, reason = "the word `miss`")] String,
    u64,
    String,
);

#[derive(Deserialize)]
struct EventFrame(
    u64,
    String,
    #[serde(default)] Option<Box<RawValue>>,
    #[serde(default)] Option<Entries>,
);

impl Incoming {
    /// Reads a text frame.
    ///
    /// # Errors
    ///
    /// It is none of the kinds of frames.
    pub(crate) fn parse(text: &str) -> Result<Self, serde_json::Error> {
        // the head decides the rest; an array of any length has a head
        let [head]: [Head; 1] = serde_json::from_str(&first_of(text))?;
        match head {
            Head::Number(_) => {
                let frame: EventFrame = serde_json::from_str(text)?;
                if frame.1 == GO {
                    let args = frame.2.as_deref().map_or("[]", RawValue::get);
                    let [url]: [String; 1] = serde_json::from_str(args)?;
                    return Ok(Self::Go(Go { seq: frame.0, url }));
                }
                let args = match frame.2 {
                    Some(args) => args,
                    None => RawValue::from_string("[]".to_owned())?,
                };
                Ok(Self::Event(Event {
                    seq: frame.0,
                    name: frame.1,
                    args,
                    form: frame.3,
                }))
            }
            Head::Word(word) if word == "join" => {
                let frame: JoinFrame = serde_json::from_str(text)?;
                Ok(Self::Join(frame.1))
            }
            Head::Word(_) => {
                let frame: MissFrame = serde_json::from_str(text)?;
                Ok(Self::Miss {
                    version: frame.1,
                    reason: frame.2,
                })
            }
        }
    }
}

/// An array of the first element alone, so that the head is read without the rest.
fn first_of(text: &str) -> String {
    let end = text.find(',').unwrap_or(text.len());
    let head = text[..end].trim_end_matches(']');
    format!("{head}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_event_with_arguments_and_form() {
        let text = r#"[7,"notes.save",[5],[["title","a, b"],["title","c"]]]"#;
        let Ok(Incoming::Event(event)) = Incoming::parse(text) else {
            panic!("no event")
        };
        assert_eq!(
            (event.seq, event.name.as_str(), event.args.get()),
            (7, "notes.save", "[5]")
        );
        assert_eq!(
            event
                .form
                .and_then(|form| form.get("title").map(str::to_owned))
                .as_deref(),
            Some("c")
        );
    }

    #[test]
    fn reads_an_event_without_arguments() {
        let Ok(Incoming::Event(event)) = Incoming::parse(r#"[1,"counter.increment"]"#) else {
            panic!("no event")
        };
        assert_eq!(event.args.get(), "[]");
        assert_eq!(event.form, None);
    }

    #[test]
    fn reads_the_wish_for_another_page() {
        let go = Incoming::parse(r#"[4,"go",["/a?b=1"]]"#);
        assert!(matches!(go, Ok(Incoming::Go(Go { seq: 4, url })) if url == "/a?b=1"));
        for text in [
            r#"[4,"go"]"#,
            r#"[4,"go",[]]"#,
            r#"[4,"go",[5]]"#,
            r#"[4,"go",["/a","/b"]]"#,
        ] {
            assert!(Incoming::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn reads_join_and_miss() {
        let join = Incoming::parse(r#"["join",{"v":1,"token":"t","url":"/a?b=1"}]"#);
        assert!(matches!(join, Ok(Incoming::Join(join)) if join.url == "/a?b=1"));
        let miss = Incoming::parse(r#"["miss",3,"torn"]"#);
        assert!(matches!(miss, Ok(Incoming::Miss { version: 3, .. })));
    }

    #[test]
    fn refuses_anything_else() {
        for text in [
            "",
            "{}",
            "[]",
            "[1]",
            "[null]",
            "nonsense",
            r#"["other"]"#,
            "[-1,\"a\",[]]",
        ] {
            assert!(Incoming::parse(text).is_err(), "{text}");
        }
    }
}
