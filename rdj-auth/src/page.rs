//! The pages of sign-in, and how an application gets them: [`AuthPages`].

mod logout;
mod origin;
mod pages;
mod routes;
mod shipped;

pub use self::{
    origin::SiteOrigin,
    pages::{AppAuthPages, AuthPages},
    routes::AuthRoutes,
    shipped::{
        LoginPage, PasswordChangePage, PasswordResetConfirmPage, PasswordResetPage, RegisterPage,
    },
};
