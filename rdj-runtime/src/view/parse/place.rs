//! Where a start tag goes: what it closes, what it implies, where a browser would move it.

use super::start::StartTag;
use super::{Parsed, Parser};
use crate::view::tags::{
    BAD, BLOCK, BREAKS_SVG, IMPLIED_END, IN_HEAD, OUTLINE, SCOPE, SPECIAL, TABLE_PART, Tag,
};
use crate::view::tree::{FOREIGN, Open};

/// What a table part asks for.
enum Step {
    Fits,
    CloseTop,
    Imply(&'static [Tag]),
    Refuse,
}

impl Parser<'_> {
    pub(super) fn place(&mut self, tag: StartTag) -> Parsed {
        let top = self.top();
        if top.foreign && !self.is_integration_point(top) {
            return self.place_in_svg(&tag);
        }
        if self.body_closed {
            return Err(self.refusal(tag.start, "element after </body>"));
        }
        if tag.tag.is(BAD) {
            return Err(self.refusal(tag.start, "element that is obsolete or not supported"));
        }
        self.fit_context(&tag, top)?;
        if tag.tag.is(BLOCK | OUTLINE)
            || matches!(tag.tag, Tag::TABLE | Tag::LI | Tag::DD | Tag::DT)
        {
            self.place_block(&tag)?;
        }
        self.check_nesting(&tag)?;
        self.add(&tag)
    }

    fn place_in_svg(&mut self, tag: &StartTag) -> Parsed {
        if tag.tag.is(BREAKS_SVG) || tag.tag.is(BAD) && tag.tag != Tag::IMAGE {
            return Err(self.refusal(tag.start, "HTML element directly in SVG"));
        }
        self.at = tag.end;
        self.add_svg(tag, Tag::OTHER)
    }

    /// HTML may be put into these.
    fn is_integration_point(&self, open: Open) -> bool {
        let name = self.tree.name(self.html, open.node);
        ["foreignObject", "desc", "title"]
            .iter()
            .any(|point| name.eq_ignore_ascii_case(point))
    }

    fn fit_context(&mut self, tag: &StartTag, top: Open) -> Parsed {
        match top.tag {
            _ if top.foreign => self.fit_cell(tag),
            Tag::DOCUMENT | Tag::HTML => self.fit_outline(tag, top.tag),
            Tag::HEAD if tag.tag.is(IN_HEAD) => Ok(()),
            Tag::HEAD => Err(self.refusal(tag.start, "body element in <head>")),
            Tag::TABLE | Tag::TBODY | Tag::THEAD | Tag::TFOOT | Tag::TR | Tag::COLGROUP => {
                self.fit_table(tag)
            }
            Tag::SELECT | Tag::OPTION | Tag::OPTGROUP => self.fit_select(tag, top.tag),
            _ => self.fit_cell(tag),
        }
    }

    fn fit_outline(&self, tag: &StartTag, top: Tag) -> Parsed {
        let was = |sought: Tag| self.tree.nodes.iter().any(|node| node.tag == sought);
        let problem = match (top, tag.tag) {
            (Tag::DOCUMENT, Tag::HTML) if !self.has_doctype => "no <!DOCTYPE html> before <html>",
            (Tag::DOCUMENT, Tag::HTML) if !was(Tag::HTML) => return Ok(()),
            (Tag::HTML, Tag::HEAD) if !was(Tag::HEAD) && !was(Tag::BODY) => return Ok(()),
            (Tag::HTML, Tag::BODY) if !was(Tag::BODY) => return Ok(()),
            _ => "element outside of <head> and <body>",
        };
        Err(self.refusal(tag.start, problem))
    }

    fn fit_table(&mut self, tag: &StartTag) -> Parsed {
        loop {
            match table_step(self.top().tag, tag) {
                Step::Fits => return Ok(()),
                Step::CloseTop => self.pop(tag.start, false),
                Step::Imply(parents) => {
                    for parent in parents {
                        self.push_implied(tag.start, *parent)?;
                    }
                    return Ok(());
                }
                Step::Refuse => {
                    let reason = "element directly in a table (it would be moved out)";
                    return Err(self.refusal(tag.start, reason));
                }
            }
        }
    }

    fn fit_select(&mut self, tag: &StartTag, top: Tag) -> Parsed {
        let problem = match tag.tag {
            Tag::OPTGROUP if !self.is_open(Tag::SELECT, |_| false) => {
                "<optgroup> outside of <select>"
            }
            Tag::HR if top != Tag::SELECT => "<hr> in an option or optgroup",
            Tag::OPTION | Tag::OPTGROUP | Tag::HR => {
                if top == Tag::OPTION {
                    self.pop(tag.start, false);
                }
                if self.top().tag == Tag::OPTGROUP && tag.tag != Tag::OPTION {
                    self.pop(tag.start, false);
                }
                return Ok(());
            }
            Tag::SCRIPT | Tag::TEMPLATE => return Ok(()),
            _ => "element in <select>",
        };
        Err(self.refusal(tag.start, problem))
    }

    /// Anywhere else table parts close an open cell: `<td>..<td>`, `<td>..<tr>`.
    fn fit_cell(&mut self, tag: &StartTag) -> Parsed {
        if !tag.tag.is(TABLE_PART) {
            return Ok(());
        }
        let open = &self.tree.open;
        let cell = open
            .iter()
            .rposition(|open| !open.tag.is(IMPLIED_END))
            .unwrap_or(0);
        let is_cell = open
            .get(cell)
            .is_some_and(|c| !c.foreign && matches!(c.tag, Tag::TD | Tag::TH));
        if !is_cell {
            return Err(self.refusal(tag.start, "table part outside of a table"));
        }
        let closes = matches!(tag.tag, Tag::TD | Tag::TH | Tag::TR) || tag.tag.is_row_group();
        if !closes {
            return Err(self.refusal(tag.start, "table part in a cell"));
        }
        self.pop_to(cell, tag.start);
        self.fit_table(tag)
    }

    fn place_block(&mut self, tag: &StartTag) -> Parsed {
        if matches!(tag.tag, Tag::LI | Tag::DD | Tag::DT) {
            self.close_list_item(tag)?;
        }
        if self.open_paragraphs > 0 {
            if self.top().tag == Tag::P {
                self.pop(tag.start, false);
            } else if self.is_open(Tag::P, |border| border == Tag::BUTTON || border.is(SCOPE)) {
                return Err(self.refusal(tag.start, "block element closes an outer <p>"));
            }
        }
        match tag.tag {
            heading if heading.is_heading() && self.top().tag.is_heading() => {
                return Err(self.refusal(tag.start, "heading in a heading"));
            }
            Tag::FORM if self.in_form => return Err(self.refusal(tag.start, "form in a form")),
            tag if tag.is(OUTLINE) && !matches!(self.top().tag, Tag::DOCUMENT | Tag::HTML) => {
                return Err(self.refusal(self.at, "<html>, <head> or <body> inside of the page"));
            }
            Tag::FORM => self.in_form = true,
            Tag::P => self.open_paragraphs += 1,
            _ => {}
        }
        Ok(())
    }

    fn close_list_item(&mut self, tag: &StartTag) -> Parsed {
        let closes = |open: Tag| match tag.tag {
            Tag::LI => open == Tag::LI,
            _ => matches!(open, Tag::DD | Tag::DT),
        };
        for at in (0..self.tree.open.len()).rev() {
            let open = self.tree.open[at];
            if closes(open.tag) {
                if self.tree.open[at + 1..]
                    .iter()
                    .any(|inner| inner.tag != Tag::P)
                {
                    let reason = "list item closed by another inside of an open element";
                    return Err(self.refusal(tag.start, reason));
                }
                self.pop_to(at, tag.start);
                break;
            }
            if open.foreign {
                return Err(self.refusal(tag.start, "list item in SVG"));
            }
            if open.tag.is(SPECIAL) && !matches!(open.tag, Tag::ADDRESS | Tag::DIV | Tag::P) {
                break;
            }
        }
        Ok(())
    }

    /// Elements that may not contain themselves.
    fn check_nesting(&mut self, tag: &StartTag) -> Parsed {
        let in_itself = |border: Tag| border.is(SCOPE);
        let problem = match tag.tag {
            Tag::A if self.is_open(Tag::A, in_itself) => "link in a link",
            Tag::NOBR if self.is_open(Tag::NOBR, in_itself) => "nobr in nobr",
            Tag::BUTTON if self.is_open(Tag::BUTTON, in_itself) => "button in a button",
            Tag::SELECT if self.is_open(Tag::SELECT, in_itself) => "select in a select",
            Tag::OPTGROUP if !self.is_open(Tag::SELECT, |_| false) => {
                "<optgroup> outside of <select>"
            }
            Tag::OPTION | Tag::OPTGROUP => {
                if self.top().tag == Tag::OPTION {
                    self.pop(tag.start, false);
                }
                return Ok(());
            }
            Tag::RB | Tag::RTC | Tag::RT | Tag::RP => return self.place_ruby_part(tag),
            _ => return Ok(()),
        };
        Err(self.refusal(tag.start, problem))
    }

    fn place_ruby_part(&mut self, tag: &StartTag) -> Parsed {
        if !self.is_open(Tag::RUBY, |border| border.is(SCOPE)) {
            return Ok(());
        }
        let keeps_rtc = matches!(tag.tag, Tag::RT | Tag::RP);
        while self.top().tag.is(IMPLIED_END) && !(keeps_rtc && self.top().tag == Tag::RTC) {
            self.pop(tag.start, false);
        }
        if matches!(self.top().tag, Tag::RUBY | Tag::RTC) {
            return Ok(());
        }
        Err(self.refusal(tag.start, "ruby part not in ruby"))
    }

    /// Closes elements until `depth` are open.
    fn pop_to(&mut self, depth: usize, end: usize) {
        while self.tree.open.len() > depth {
            self.pop(end, false);
        }
    }

    pub(super) fn add_svg(&mut self, tag: &StartTag, name: Tag) -> Parsed {
        let flags = tag.flags | FOREIGN;
        if tag.self_closing {
            self.leaf(tag.start, tag.end, tag.end, name, flags, tag.key);
            return Ok(());
        }
        self.push(tag.start, tag.end, name, flags, tag.key)
    }
}

fn table_step(top: Tag, tag: &StartTag) -> Step {
    let part = tag.tag;
    let is_cell = matches!(part, Tag::TD | Tag::TH);
    match top {
        Tag::COLGROUP => match part {
            Tag::COL | Tag::TEMPLATE => Step::Fits,
            _ => Step::CloseTop,
        },
        _ if matches!(part, Tag::SCRIPT | Tag::STYLE | Tag::TEMPLATE) => Step::Fits,
        Tag::TABLE => match part {
            Tag::CAPTION | Tag::COLGROUP | Tag::TBODY | Tag::THEAD | Tag::TFOOT => Step::Fits,
            Tag::COL => Step::Imply(&[Tag::COLGROUP]),
            Tag::TR => Step::Imply(&[Tag::TBODY]),
            Tag::INPUT if tag.hidden => Step::Fits,
            _ if is_cell => Step::Imply(&[Tag::TBODY, Tag::TR]),
            _ => Step::Refuse,
        },
        Tag::TBODY | Tag::THEAD | Tag::TFOOT => match part {
            Tag::TR => Step::Fits,
            Tag::CAPTION | Tag::COLGROUP | Tag::COL => Step::CloseTop,
            group if group.is_row_group() => Step::CloseTop,
            _ if is_cell => Step::Imply(&[Tag::TR]),
            _ => Step::Refuse,
        },
        Tag::TR if is_cell => Step::Fits,
        Tag::TR if part == Tag::TR || part.is_row_group() => Step::CloseTop,
        _ => Step::Refuse,
    }
}
