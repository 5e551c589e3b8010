//! The pages: an address, a template and the states it shows.

use rdj::prelude::*;

use crate::state::{
    AlbumState, AlbumTracksState, AlbumsState, ArtistsState, CustomersState, InvoicesState,
    PlaylistsState, TracksState,
};

/// The counts come from the states that the other pages show.
#[page(route = "/", template = "start.html", title = "Chinook")]
pub struct StartPage {
    pub artists: ArtistsState,
    pub albums: AlbumsState,
    pub tracks: TracksState,
    pub customers: CustomersState,
    pub invoices: InvoicesState,
    pub playlists: PlaylistsState,
}

#[page(route = "/artists", template = "artists.html", title = "Artists")]
pub struct ArtistsPage {
    pub artists: ArtistsState,
}

#[page(route = "/albums", template = "albums.html", title = "Albums")]
pub struct AlbumsPage {
    pub albums: AlbumsState,
}

/// One album with its tracks.
#[page(route = "/albums/{id}", template = "album.html", title = "Album")]
pub struct AlbumPage {
    pub id: i64,
    pub album: AlbumState,
    pub tracks: AlbumTracksState,
}

#[page(route = "/tracks", template = "tracks.html", title = "Tracks")]
pub struct TracksPage {
    pub tracks: TracksState,
}

#[page(route = "/customers", template = "customers.html", title = "Customers")]
pub struct CustomersPage {
    pub customers: CustomersState,
}

#[page(route = "/invoices", template = "invoices.html", title = "Invoices")]
pub struct InvoicesPage {
    pub invoices: InvoicesState,
}

#[page(route = "/playlists", template = "playlists.html", title = "Playlists")]
pub struct PlaylistsPage {
    pub playlists: PlaylistsState,
}
