//! The signatures that handlers, `on_load`, `on_denied`, `on_change` and computed variables may have.

use proc_macro2::Span;
use quote::format_ident;
use syn::{
    FnArg, ImplItemFn, Pat, PatType, Receiver, ReceiverKind, ReturnType, Signature, Type,
    ext::IdentExt, parse_quote, spanned::Spanned,
};

use super::{
    model::{Arg, Handler},
    upload::Upload,
};
use crate::common::{diagnostic::Errors, guard::Guard, item::attributes};

/// Reads a function that a browser can call.
pub(super) fn event(
    function: &ImplItemFn,
    guard: Guard,
    upload: Option<Upload>,
    errors: &mut Errors,
) -> Option<Handler> {
    let name = function.sig.ident.unraw().to_string();
    let meant = match name.as_str() {
        "on_load" => Some("the page is opened"),
        "on_denied" => Some("a signed-in user may not send an event"),
        _ => None,
    };
    if let Some(when) = meant {
        let text = format!(
            "write `#[{name}]` above `{name}` to run it when {when}; an event that a browser sends \
             needs another name"
        );
        errors.at(&function.sig.ident, text);
        return None;
    }
    if name.starts_with("__") {
        let text = "names that begin with `__` are for generated code: take another one";
        errors.at(&function.sig.ident, text);
        return None;
    }
    let mut handler = handler(function, &format!("event `{name}`"), guard, errors)?;
    if let Some(mut upload) = upload {
        upload.file = handler.args.pop().map(|arg| arg.ty);
        if upload.file.is_none() {
            let text = format!("the upload `{name}` takes the file last: `file: UploadedFile`");
            errors.at(&function.sig.ident, text);
            handler.runs = false;
        }
        handler.upload = Some(upload);
    }
    Some(handler)
}

/// Reads a function that the runtime calls.
pub(super) fn hook(function: &ImplItemFn, attribute: &str, errors: &mut Errors) -> Option<Handler> {
    let what = format!("`{attribute}`");
    let handler = handler(function, &what, Guard::default(), errors)?;
    if let Some(arg) = handler.args.first() {
        let text = format!(
            "{what} takes `&mut self, cx: &Cx` only: read parameters of the route with \
             `cx.param(..)`"
        );
        errors.at(&arg.ident, text);
        return None;
    }
    Some(handler)
}

fn handler(
    function: &ImplItemFn,
    what: &str,
    guard: Guard,
    errors: &mut Errors,
) -> Option<Handler> {
    let sig = &function.sig;
    let is_async = check_async(sig, what, errors);
    let is_plain = check_generics(sig, what, errors);
    if !check_receiver(sig, what, errors) {
        return None;
    }
    let cx = context(sig, what, errors);
    let before_args = if cx.is_some() { 2 } else { 1 };
    let args = args(sig, before_args, errors);
    if !is_plain {
        return None;
    }
    Some(Handler {
        name: sig.ident.unraw().to_string(),
        ident: sig.ident.clone(),
        runs: is_async && cx.is_some(),
        cx: cx.unwrap_or_else(|| parse_quote!(rdj::Cx)),
        args: args?,
        output: match &sig.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some((**ty).clone()),
        },
        guard,
        upload: None,
        docs: attributes(&function.attrs, "doc").cloned().collect(),
        cfg: attributes(&function.attrs, "cfg").cloned().collect(),
    })
}

fn check_async(sig: &Signature, what: &str, errors: &mut Errors) -> bool {
    if sig.asyncness.is_none() {
        let text = format!(
            "{what} must be an `async fn`; mark it `#[computed]` if templates read it, or move it to \
             an `impl` block without `#[events]`"
        );
        errors.at(sig.fn_token, text);
    }
    sig.asyncness.is_some()
}

fn check_generics(sig: &Signature, what: &str, errors: &mut Errors) -> bool {
    let plain = sig.generics.params.is_empty();
    if !plain {
        errors.at(
            &sig.generics,
            format!("{what} cannot be generic: name the types"),
        );
    }
    plain
}

fn check_receiver(sig: &Signature, what: &str, errors: &mut Errors) -> bool {
    let first = sig.inputs.first();
    let by_reference = |receiver: &Receiver| matches!(receiver.kind, ReceiverKind::Reference(..));
    let right = matches!(first, Some(FnArg::Receiver(receiver)) if by_reference(receiver));
    if !right {
        let text = format!("{what} must take `&mut self, cx: &Cx` first");
        errors.span(first.map_or(sig.ident.span(), Spanned::span), text);
    }
    right
}

/// Checks `cx: &Cx` and returns the type behind the reference.
fn context(sig: &Signature, what: &str, errors: &mut Errors) -> Option<Type> {
    let second = sig.inputs.get(1);
    let cx = second.and_then(context_type);
    if cx.is_none() {
        let text = format!("{what} must take `cx: &Cx` after `&mut self`");
        errors.span(second.map_or(sig.ident.span(), Spanned::span), text);
    }
    cx
}

/// What is behind a reference that is not an ordinary borrowed argument.
fn context_type(input: &FnArg) -> Option<Type> {
    let FnArg::Typed(PatType { ty, .. }) = input else {
        return None;
    };
    let Type::Reference(reference) = &**ty else {
        return None;
    };
    match &*reference.elem {
        Type::Path(ty) if ty.path.is_ident("str") => None,
        Type::Slice(_) => None,
        elem => Some(elem.clone()),
    }
}

fn args(sig: &Signature, skip: usize, errors: &mut Errors) -> Option<Vec<Arg>> {
    let typed = sig
        .inputs
        .iter()
        .skip(skip)
        .enumerate()
        .filter_map(|(at, input)| match input {
            FnArg::Typed(arg) => Some((at, arg)),
            FnArg::Receiver(_) => None,
        });
    // all of them are read before the first mistake ends it
    let read: Vec<Option<Arg>> = typed.map(|(at, arg)| self::arg(at, arg, errors)).collect();
    read.into_iter().collect()
}

fn arg(at: usize, arg: &PatType, errors: &mut Errors) -> Option<Arg> {
    if let Some(text) = not_owned(&arg.ty) {
        errors.at(&arg.ty, text);
        return None;
    }
    let ident = match &*arg.pat {
        Pat::Ident(pat) => pat.ident.clone(),
        _ => format_ident!("arg{}", at, span = Span::call_site()),
    };
    Some(Arg {
        ident,
        ty: (*arg.ty).clone(),
    })
}

fn not_owned(ty: &Type) -> Option<String> {
    let instead = match ty {
        Type::Reference(reference) => match &*reference.elem {
            Type::Slice(_) => "a `Vec`, not a slice",
            Type::Path(ty) if ty.path.is_ident("str") => "`String`, not `&str`",
            _ => "the type without `&`",
        },
        Type::ImplTrait(_) => "a type, not `impl Trait`",
        _ => return None,
    };
    Some(format!(
        "an event's argument comes from the browser and must be owned: write {instead}"
    ))
}

/// Checks a function that templates read.
pub(super) fn check_computed(function: &ImplItemFn, errors: &mut Errors) {
    let sig = &function.sig;
    if let Some(token) = sig.asyncness {
        let text = "`#[computed]` is read while a page is rendered and cannot wait: take `async` \
                    away, or load what it needs in an event";
        errors.at(token, text);
    }
    let by_reference = sig
        .receiver()
        .is_some_and(|receiver| matches!(&receiver.kind, ReceiverKind::Reference(_, _, None)));
    if !by_reference || sig.inputs.len() != 1 {
        errors.at(&sig.inputs, "`#[computed]` takes `&self` and nothing else");
    }
    if matches!(sig.output, ReturnType::Default) {
        errors.at(
            &sig.ident,
            "`#[computed]` returns the value to show: write `-> Type`",
        );
    }
}
