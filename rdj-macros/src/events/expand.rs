//! The output of `#[events]`: a table of handlers and their typed handles.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ItemImpl, spanned::Spanned};

use super::{
    model::{Change, Events, Handler},
    upload::Upload,
};
use crate::common::paths;

/// Writes the user's block, the table and the handles.
pub(super) fn expand(events: &Events, item: &ItemImpl) -> TokenStream {
    let rt = paths::runtime();
    let Events { state, handles, .. } = events;
    let entries = events
        .handlers
        .iter()
        .filter(|handler| handler.runs)
        .map(expand_entry);
    let on_load = paths::option(events.on_load.as_ref().map(expand_hook));
    let on_denied = paths::option(events.on_denied.as_ref().map(expand_hook));
    let on_change = events.on_change.iter().map(expand_change);
    let methods = events.handlers.iter().map(expand_handle);
    quote! {
        #item

        const _: () = {
            #[automatically_derived]
            impl #rt::dispatch::UserEvents for #state {
                const TABLE: #rt::dispatch::EventTable<Self> = #rt::dispatch::EventTable {
                    events: &[#(#entries),*],
                    on_load: #on_load,
                    on_denied: #on_denied,
                    on_change: &[#(#on_change),*],
                };
            }

            #[automatically_derived]
            impl #handles {
                #(#methods)*
            }
        };
    }
}

/// A function that the runtime calls.
fn expand_hook(handler: &Handler) -> TokenStream {
    let body = expand_call(handler, &TokenStream::new());
    quote!(|state, cx| #body)
}

/// The entry of `#[on_change(..)]`; what is no entity is reported at its name.
fn expand_change(change: &Change) -> TokenStream {
    let rt = paths::runtime();
    let Change { entities, handler } = change;
    let run = expand_hook(handler);
    let cfg = &handler.cfg;
    let tables = entities.iter().map(|entity| {
        let table = quote_spanned!(paths::at(entity)=> ::rdj::__private::orm::live::table_name);
        quote!(#table::<#entity>)
    });
    quote! {
        #(#cfg)*
        #rt::dispatch::OnChange {
            tables: &[#(#tables),*],
            run: #run,
        }
    }
}

/// The table's entry: decodes the arguments and runs the handler.
fn expand_entry(handler: &Handler) -> TokenStream {
    let rt = paths::runtime();
    let Handler { name, cfg, .. } = handler;
    let body = expand_call(handler, &expand_decode(handler));
    let args = handler.args.iter().map(|arg| arg.ident.to_string());
    let guard = handler.guard.expand();
    let upload = paths::option(handler.upload.as_ref().map(Upload::expand));
    quote! {
        #(#cfg)*
        #rt::dispatch::EventDef {
            facts: #rt::dispatch::EventFacts {
                name: ::std::borrow::Cow::Borrowed(#name),
                guard: #guard,
                args: &[#(#args),*],
                upload: #upload,
            },
            run: |state, cx, call| #body,
        }
    }
}

/// Reads the arguments from the browser's JSON; a type that cannot is reported at the type.
fn expand_decode(handler: &Handler) -> TokenStream {
    let file = handler.upload.as_ref().map(|upload| {
        let file = file();
        let ty = &upload.file;
        let span = paths::at(ty);
        let rt = paths::runtime_at(span);
        let read = quote_spanned!(span=> #rt::upload::uploaded::<#ty>);
        quote!(let #file = #read(cx)?;)
    });
    if handler.args.is_empty() {
        return quote!(call.no_args()?; #file);
    }
    let names = names(handler);
    let reads = handler.args.iter().zip(&names).map(|(arg, name)| {
        let ty = &arg.ty;
        let span = paths::at(ty);
        let rt = paths::runtime_at(span);
        let read = quote_spanned!(span=> #rt::dispatch::read_arg::<#ty>);
        quote!(let #name = #read(&call, #name)?;)
    });
    quote! {
        let [#(#names),*] = call.raw()?;
        #(#reads)*
        #file
    }
}

/// The file of an upload.
fn file() -> Ident {
    Ident::new("uploaded_file", Span::call_site())
}

fn names(handler: &Handler) -> Vec<Ident> {
    let names = 0..handler.args.len();
    names
        .map(|at| format_ident!("arg{}", at, span = Span::call_site()))
        .collect()
}

/// The handler's future. Each call is placed at the user's token that an error in it belongs to.
fn expand_call(handler: &Handler, decode: &TokenStream) -> TokenStream {
    let Handler { ident, .. } = handler;
    let mut names = names(handler);
    if handler.upload.is_some() {
        names.push(file());
    }
    let cx = Ident::new("cx", Span::call_site().located_at(handler.cx.span()));
    let output = handler.output.as_ref().map_or(ident.span(), Spanned::span);
    let value = Ident::new("output", Span::call_site().located_at(output));
    let outcome = call(output, &quote!(IntoOutcome::into_outcome));
    let boxed = call(ident.span(), &quote!(boxed));
    quote! {
        #boxed(async move {
            #decode
            let #value = state.#ident(#cx #(, #names)*).await;
            #outcome(#value)
        })
    }
}

/// The path of a function of `dispatch`, all of it at the user's token.
fn call(at: Span, function: &TokenStream) -> TokenStream {
    let span = paths::located(at);
    let rt = paths::runtime_at(span);
    let function: TokenStream = function
        .clone()
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect();
    quote_spanned!(span=> #rt::dispatch::#function)
}

/// The handle that a template uses: `notes.on_click().archive(note.id)`.
fn expand_handle(handler: &Handler) -> TokenStream {
    let rt = paths::runtime();
    let Handler {
        ident,
        name,
        docs,
        cfg,
        ..
    } = handler;
    let doc = docs
        .is_empty()
        .then(|| format!("Sends the event `{name}`."));
    let doc = doc.map(|doc| quote!(#[doc = #doc]));
    let last = handler.args.len().saturating_sub(1);
    let kinds = (0..).map(|at| {
        if at == last && handler.upload.is_none() {
            (quote!(LastArg), quote!(handle_last))
        } else {
            (quote!(Arg), quote!(handle_arg))
        }
    });
    let (params, values): (Vec<_>, Vec<_>) = handler
        .args
        .iter()
        .zip(kinds)
        .map(|(arg, (kind, write))| {
            let (ident, ty) = (&arg.ident, &arg.ty);
            let param = quote!(#ident: impl #rt::dispatch::#kind<#ty>);
            (param, quote!(#rt::dispatch::#write::<#ty>(&#ident)))
        })
        .unzip();
    let handle = quote!(#rt::dispatch::Handles::handle(self, #name, &[#(#values),*]));
    let (binding, handle) = match handler.upload.as_ref().map(Upload::expand) {
        None => (quote!(Binding), handle),
        Some(limits) => (
            quote!(UploadBinding),
            quote!(#rt::dispatch::UploadBinding::new(&#handle, #limits)),
        ),
    };
    quote! {
        #(#cfg)*
        #(#docs)*
        #doc
        pub fn #ident(&self #(, #params)*) -> #rt::dispatch::#binding {
            #handle
        }
    }
}
