//! The pages: an address, a template, the states it shows, and who may open it.

use rdj::{auth::AuthState, prelude::*};

use crate::state::{
    AlbumState, AlbumTracksState, AlbumsState, ArtistsState, CustomersState, InvoicesState,
    PlaylistsState, TracksState,
};

/// Who has no role yet is sent away from here.
#[page(
    route = "/no-role",
    template = "no_role.html",
    title = "No role",
    login
)]
pub struct NoRolePage {
    pub auth: AuthState,
}

/// The counts come from the states that the other pages show.
#[page(
    route = "/",
    template = "start.html",
    title = "Chinook",
    group("clerk", "manager"),
    on_denied = "/no-role"
)]
pub struct StartPage {
    pub artists: ArtistsState,
    pub albums: AlbumsState,
    pub tracks: TracksState,
    pub customers: CustomersState,
    pub invoices: InvoicesState,
    pub playlists: PlaylistsState,
    pub auth: AuthState,
}

#[page(
    route = "/artists",
    template = "artists.html",
    title = "Artists",
    permission = "chinook.view_artist"
)]
pub struct ArtistsPage {
    pub artists: ArtistsState,
    pub auth: AuthState,
}

#[page(
    route = "/albums",
    template = "albums.html",
    title = "Albums",
    permission = "chinook.view_album"
)]
pub struct AlbumsPage {
    pub albums: AlbumsState,
    pub auth: AuthState,
}

/// One album with its tracks.
#[page(
    route = "/albums/{id}",
    template = "album.html",
    title = "Album",
    permission("chinook.view_album", "chinook.view_track")
)]
pub struct AlbumPage {
    pub id: i64,
    pub album: AlbumState,
    pub tracks: AlbumTracksState,
    pub auth: AuthState,
}

#[page(
    route = "/tracks",
    template = "tracks.html",
    title = "Tracks",
    permission = "chinook.view_track"
)]
pub struct TracksPage {
    pub tracks: TracksState,
    pub auth: AuthState,
}

#[page(
    route = "/customers",
    template = "customers.html",
    title = "Customers",
    permission = "chinook.view_customer"
)]
pub struct CustomersPage {
    pub customers: CustomersState,
    pub auth: AuthState,
}

#[page(
    route = "/invoices",
    template = "invoices.html",
    title = "Invoices",
    permission = "chinook.view_invoice"
)]
pub struct InvoicesPage {
    pub invoices: InvoicesState,
    pub auth: AuthState,
}

#[page(
    route = "/playlists",
    template = "playlists.html",
    title = "Playlists",
    permission = "chinook.view_playlist_track"
)]
pub struct PlaylistsPage {
    pub playlists: PlaylistsState,
    pub auth: AuthState,
}
