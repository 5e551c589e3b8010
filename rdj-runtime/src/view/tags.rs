//! The elements the parser knows, and how the HTML parser of a browser treats them.

/// An element name. Unknown names (custom elements, SVG) are [`Tag::OTHER`]; the name itself is in
/// the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tag(u8);

pub(crate) const VOID: u16 = 1;
/// Content is text only, whatever it looks like.
pub(crate) const RAW: u16 = 2;
/// Closes an open `<p>`.
pub(crate) const BLOCK: u16 = 4;
/// "Special" in the sense of the HTML standard.
pub(crate) const SPECIAL: u16 = 8;
/// Formatting element: its misnesting makes a browser repair the tree.
pub(crate) const FORMAT: u16 = 16;
/// The end tag may be left out.
pub(crate) const IMPLIED_END: u16 = 32;
/// Part of a table.
pub(crate) const TABLE_PART: u16 = 64;
/// Border of the element scopes of the HTML standard.
pub(crate) const SCOPE: u16 = 128;
/// The end tag closes open elements with an optional end tag.
pub(crate) const BLOCK_END: u16 = 256;
/// Allowed in `<head>`.
pub(crate) const IN_HEAD: u16 = 512;
/// Breaks out of SVG.
pub(crate) const BREAKS_SVG: u16 = 1024;
/// Refused.
pub(crate) const BAD: u16 = 2048;
/// Closed by the end tag of an outer table part.
pub(crate) const ROW_PART: u16 = 4096;
/// `html`, `head` and `body`.
pub(crate) const OUTLINE: u16 = 8192;
const BLK: u16 = BLOCK | SPECIAL | BLOCK_END;

macro_rules! tags {
    ($($constant:ident $name:literal $props:expr;)*) => {
        #[expect(clippy::upper_case_acronyms, reason = "only numbers the tags")]
        #[repr(u8)]
        enum Number { DOCUMENT, OTHER, TEXT, $($constant,)* }
        #[expect(dead_code, reason = "not every element has a rule of its own")]
        impl Tag {
            /// The root of the tree.
            pub(crate) const DOCUMENT: Tag = Tag(Number::DOCUMENT as u8);
            /// An element that is not in the table.
            pub(crate) const OTHER: Tag = Tag(Number::OTHER as u8);
            /// A text node.
            pub(crate) const TEXT: Tag = Tag(Number::TEXT as u8);
            $(pub(crate) const $constant: Tag = Tag(Number::$constant as u8);)*
        }
        static NAMES: &[&str] = &["", "", "#text", $($name,)*];
        static PROPS: &[u16] = &[0, 0, 0, $($props,)*];
    };
}
tags! {
    HTML "html" SPECIAL|SCOPE|OUTLINE; HEAD "head" SPECIAL|OUTLINE|BREAKS_SVG;
    BODY "body" SPECIAL|OUTLINE|BREAKS_SVG|BLOCK_END;
    TITLE "title" RAW|SPECIAL|IN_HEAD; BASE "base" VOID|SPECIAL|IN_HEAD; LINK "link" VOID|SPECIAL|IN_HEAD;
    META "meta" VOID|SPECIAL|IN_HEAD|BREAKS_SVG; STYLE "style" RAW|SPECIAL|IN_HEAD;
    SCRIPT "script" RAW|SPECIAL|IN_HEAD; NOSCRIPT "noscript" RAW|SPECIAL|IN_HEAD;
    NOFRAMES "noframes" RAW|SPECIAL|IN_HEAD; TEMPLATE "template" SPECIAL|IN_HEAD|SCOPE;
    ADDRESS "address" BLK; ARTICLE "article" BLK; ASIDE "aside" BLK; BLOCKQUOTE "blockquote" BLK|BREAKS_SVG;
    CENTER "center" BLK|BREAKS_SVG; DETAILS "details" BLK; DIALOG "dialog" BLOCK|BLOCK_END; DIR "dir" BLK;
    DIV "div" BLK|BREAKS_SVG; DL "dl" BLK|BREAKS_SVG; FIELDSET "fieldset" BLK; FIGCAPTION "figcaption" BLK;
    FIGURE "figure" BLK; FOOTER "footer" BLK; HEADER "header" BLK; HGROUP "hgroup" BLK; MAIN "main" BLK;
    MENU "menu" BLK|BREAKS_SVG; NAV "nav" BLK; OL "ol" BLK|BREAKS_SVG;
    P "p" BLOCK|SPECIAL|IMPLIED_END|BREAKS_SVG; SEARCH "search" BLK; SECTION "section" BLK; SUMMARY "summary" BLK;
    UL "ul" BLK|BREAKS_SVG; H1 "h1" BLK|BREAKS_SVG; H2 "h2" BLK|BREAKS_SVG; H3 "h3" BLK|BREAKS_SVG;
    H4 "h4" BLK|BREAKS_SVG; H5 "h5" BLK|BREAKS_SVG; H6 "h6" BLK|BREAKS_SVG;
    PRE "pre" BLK|BREAKS_SVG; LISTING "listing" BLK|BREAKS_SVG; FORM "form" BLOCK|SPECIAL|BLOCK_END;
    LI "li" SPECIAL|IMPLIED_END|BREAKS_SVG|BLOCK_END; DD "dd" SPECIAL|IMPLIED_END|BREAKS_SVG|BLOCK_END;
    DT "dt" SPECIAL|IMPLIED_END|BREAKS_SVG|BLOCK_END; PLAINTEXT "plaintext" BAD; BUTTON "button" SPECIAL|BLOCK_END;
    A "a" FORMAT; B "b" FORMAT|BREAKS_SVG; BIG "big" FORMAT|BREAKS_SVG; CODE "code" FORMAT|BREAKS_SVG;
    EM "em" FORMAT|BREAKS_SVG; FONT "font" FORMAT|BREAKS_SVG; I "i" FORMAT|BREAKS_SVG; NOBR "nobr" FORMAT|BREAKS_SVG;
    S "s" FORMAT|BREAKS_SVG; SMALL "small" FORMAT|BREAKS_SVG; STRIKE "strike" FORMAT|BREAKS_SVG;
    STRONG "strong" FORMAT|BREAKS_SVG; TT "tt" FORMAT|BREAKS_SVG; U "u" FORMAT|BREAKS_SVG;
    SPAN "span" BREAKS_SVG; SUB "sub" BREAKS_SVG; SUP "sup" BREAKS_SVG; VAR "var" BREAKS_SVG; RUBY "ruby" BREAKS_SVG;
    APPLET "applet" BAD; MARQUEE "marquee" BAD; OBJECT "object" SPECIAL|SCOPE|BLOCK_END;
    TABLE "table" SPECIAL|SCOPE|BREAKS_SVG|BLOCK_END; CAPTION "caption" SPECIAL|SCOPE|TABLE_PART|BLOCK_END;
    COLGROUP "colgroup" SPECIAL|TABLE_PART|ROW_PART; COL "col" SPECIAL|TABLE_PART|VOID;
    TBODY "tbody" SPECIAL|TABLE_PART|BLOCK_END|ROW_PART; THEAD "thead" SPECIAL|TABLE_PART|BLOCK_END|ROW_PART;
    TFOOT "tfoot" SPECIAL|TABLE_PART|BLOCK_END|ROW_PART; TR "tr" SPECIAL|TABLE_PART|BLOCK_END|ROW_PART;
    TD "td" SPECIAL|SCOPE|TABLE_PART|BLOCK_END|ROW_PART; TH "th" SPECIAL|SCOPE|TABLE_PART|BLOCK_END|ROW_PART;
    AREA "area" VOID|SPECIAL; BR "br" VOID|SPECIAL|BREAKS_SVG; EMBED "embed" VOID|SPECIAL|BREAKS_SVG;
    IMG "img" VOID|SPECIAL|BREAKS_SVG; KEYGEN "keygen" BAD; WBR "wbr" VOID|SPECIAL; INPUT "input" VOID|SPECIAL;
    PARAM "param" VOID|SPECIAL; SOURCE "source" VOID|SPECIAL; TRACK "track" VOID|SPECIAL;
    HR "hr" VOID|BLOCK|SPECIAL|BREAKS_SVG; TEXTAREA "textarea" RAW|SPECIAL; XMP "xmp" BAD; IFRAME "iframe" RAW|SPECIAL;
    NOEMBED "noembed" BAD; SELECT "select" SPECIAL|BLOCK_END; OPTGROUP "optgroup" IMPLIED_END;
    OPTION "option" IMPLIED_END; RB "rb" IMPLIED_END; RP "rp" IMPLIED_END; RT "rt" IMPLIED_END;
    RTC "rtc" IMPLIED_END; SVG "svg" 0; MATH "math" BAD; FRAMESET "frameset" BAD; FRAME "frame" BAD; IMAGE "image" BAD;
    BGSOUND "bgsound" BAD; BASEFONT "basefont" BAD; SELECTEDCONTENT "selectedcontent" BAD;
    VIDEO "video" 0; AUDIO "audio" 0; CANVAS "canvas" 0;
}

impl Tag {
    /// Does the element have one of these properties?
    #[inline]
    pub(crate) fn is(self, props: u16) -> bool {
        PROPS[self.0 as usize] & props != 0
    }

    /// The name in lower case; empty for [`Tag::OTHER`].
    pub(crate) fn name(self) -> &'static str {
        NAMES[self.0 as usize]
    }

    /// `h1` to `h6`.
    pub(crate) fn is_heading(self) -> bool {
        (Tag::H1.0..=Tag::H6.0).contains(&self.0)
    }

    /// `tbody`, `thead` or `tfoot`.
    pub(crate) fn is_row_group(self) -> bool {
        matches!(self, Tag::TBODY | Tag::THEAD | Tag::TFOOT)
    }

    /// The first newline of its content is dropped by a browser.
    pub(crate) fn drops_first_newline(self) -> bool {
        matches!(self, Tag::PRE | Tag::LISTING | Tag::TEXTAREA)
    }

    /// A number for hashing.
    pub(crate) fn number(self) -> u8 {
        self.0
    }
}

/// A name being read, folded into 64 bits (case is ignored).
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PackedName {
    bits: u64,
    len: u8,
}

impl PackedName {
    /// Adds the next byte of the name.
    #[inline]
    pub(crate) const fn push(self, byte: u8) -> PackedName {
        let byte = byte.to_ascii_lowercase() as u64;
        let bits = if self.len < 8 {
            self.bits | byte << (self.len * 8)
        } else {
            self.bits.rotate_left(7) ^ byte
        };
        PackedName {
            bits,
            len: self.len.saturating_add(1),
        }
    }

    /// The whole name.
    pub(crate) const fn of(name: &[u8]) -> PackedName {
        let mut packed = PackedName { bits: 0, len: 0 };
        let mut i = 0;
        while i < name.len() {
            packed = packed.push(name[i]);
            i += 1;
        }
        packed
    }

    const fn slot(self) -> usize {
        (self.bits.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - SLOT_BITS)) as usize
    }

    /// The element of this name.
    #[inline]
    pub(crate) fn tag(self) -> Tag {
        let mut slot = self.slot();
        loop {
            let (bits, len, tag) = SLOTS[slot];
            if len == 0 {
                return Tag::OTHER;
            }
            if bits == self.bits && len == self.len {
                return Tag(tag);
            }
            slot = (slot + 1) % SLOT_COUNT;
        }
    }
}

const SLOT_BITS: u32 = 9;
const SLOT_COUNT: usize = 1 << SLOT_BITS;
const FIRST_NAMED: u8 = Tag::TEXT.0 + 1;

/// Open addressing over the packed names: bits, length (0: free), tag.
static SLOTS: [(u64, u8, u8); SLOT_COUNT] = {
    let mut slots = [(0, 0, 0); SLOT_COUNT];
    let mut tag = FIRST_NAMED;
    while (tag as usize) < NAMES.len() {
        let name = PackedName::of(NAMES[tag as usize].as_bytes());
        let mut slot = name.slot();
        while slots[slot].1 != 0 {
            slot = (slot + 1) % SLOT_COUNT;
        }
        slots[slot] = (name.bits, name.len, tag);
        tag += 1;
    }
    slots
};
