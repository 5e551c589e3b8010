use std::{any::Any, fmt::Write as _, sync::Arc};

use axum::response::Response;

use super::*;
use crate::{
    dispatch::BoxFuture,
    form::{Entries, Upload},
    guard::Guard,
    page::{Page, PageDef, PageSpec, mount::PageRoute, slot::Lent},
    state::{Address, Keeper},
    stream::Stream,
    testing::TestCx,
};

type Rows = Stream<&'static str>;

/// A page with a stream, which is swapped in.
#[derive(Default)]
struct Lines(Rows);

static SPEC: PageSpec = PageSpec {
    route: "/lines",
    title: "Lines",
    name: "Lines",
    module: "",
    guard: Guard::NONE,
};

static DEF: PageDef = PageDef {
    spec: &SPEC,
    new: || Box::new(Lines::default()),
    guards: Vec::new,
    describe: Vec::new,
};

impl Page for Lines {
    fn spec(&self) -> &'static PageSpec {
        &SPEC
    }

    fn set_params(&mut self, _: &Cx) -> Result {
        Ok(())
    }

    fn load<'a>(&'a mut self, _: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(async { Ok(()) })
    }

    fn lend(&mut self, _: &str) -> Option<Box<dyn Lent>> {
        None
    }

    fn swap(&mut self, state: &mut dyn Any) {
        mem::swap(&mut self.0, state.downcast_mut().unwrap());
    }

    fn after_event<'a>(&'a mut self, _: &'a Cx) -> BoxFuture<'a, Result> {
        Box::pin(async { Ok(()) })
    }

    fn export<'a>(&'a mut self, _: &'a Cx, _: &'a str) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async { Err(Error::NotFound) })
    }

    fn file<'a>(
        &'a mut self,
        _: &'a Cx,
        _: &'a str,
        _: &'a str,
    ) -> BoxFuture<'a, Result<Response>> {
        Box::pin(async { Err(Error::NotFound) })
    }

    fn longest_file(&self, _: &str) -> Option<usize> {
        None
    }

    fn import<'a>(&'a mut self, _: &'a Cx, _: &'a str, _: Upload) -> BoxFuture<'a, Result> {
        Box::pin(async { Err(Error::NotFound) })
    }

    fn read_query(&mut self, _: &Entries) {}

    fn write_query(&self, _: &mut Address) {}

    fn keep(&mut self, _: &mut Keeper) {}

    fn render(&self, out: &mut String) -> askama::Result<()> {
        out.push_str("<!DOCTYPE html><html><head><title>t</title></head><body>");
        write!(out, "<ul {}>", self.0.container("lines"))?;
        for key in &self.0 {
            write!(out, "<li data-key=\"{key}\">{key}</li>")?;
        }
        out.push_str("</ul></body></html>");
        Ok(())
    }
}

#[tokio::test]
async fn rows_are_cut_out_once_and_an_old_browser_is_told_where_there_are_none() {
    let cx = TestCx::new().path("/lines").build();
    let route = Arc::new(PageRoute::new(&DEF, 1));
    let mut mounted = Mounted::open(&route, &cx).await.unwrap();
    let ops = |mounted: &mut Mounted| {
        let effects = mounted.take_streamed().into_iter();
        let ops = effects.flat_map(|effect| match effect {
            Effect::Stream { ops, .. } => ops,
            _ => Vec::new(),
        });
        ops.map(|op| op.0).collect::<String>()
    };
    let mut empty = String::new();
    mounted.render(&cx, &mut empty).unwrap();
    assert!(empty.contains("data-rdj-stream=\"\"></ul>"), "{empty}");
    assert_eq!(ops(&mut mounted), "");
    let whole = mounted.render_whole(&cx, &mut String::new()).unwrap();
    assert_eq!(whole, None);
    // its container may have rows of an older page
    mounted.render_anew(&cx, &mut String::new()).unwrap();
    assert_eq!(ops(&mut mounted), "0");

    let mut rows = Rows::default();
    rows.append("1");
    mounted.page.swap(&mut rows);
    for expected in ["a", ""] {
        let mut html = String::new();
        mounted.render(&cx, &mut html).unwrap();
        assert_eq!(html, empty);
        assert_eq!(ops(&mut mounted), expected);
    }
}
