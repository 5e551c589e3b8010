//! The pages: an address, a template, the states it shows, and who may open it. Pages with one list share
//! the template of a list.

use rdj::{auth::AuthState, prelude::*};

use crate::state::{
    AlbumState, AlbumTracksState, AlbumsState, ArtistsState, CustomersState, EmployeesState,
    EntriesState, GenresState, InvoiceLinesState, InvoicesState, MediaTypesState, PlaylistState,
    PlaylistTracksState, PlaylistsState, TracksState,
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
    pub genres: GenresState,
    pub media_types: MediaTypesState,
    pub playlists: PlaylistsState,
    pub entries: EntriesState,
    pub customers: CustomersState,
    pub employees: EmployeesState,
    pub invoices: InvoicesState,
    pub lines: InvoiceLinesState,
    pub auth: AuthState,
}

#[page(
    route = "/artists",
    template = "list.html",
    title = "Artists",
    permission = "chinook.view_artist"
)]
pub struct ArtistsPage {
    pub rows: ArtistsState,
    pub auth: AuthState,
}

#[page(
    route = "/albums",
    template = "albums.html",
    title = "Albums",
    permission = "chinook.view_album"
)]
pub struct AlbumsPage {
    pub rows: AlbumsState,
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
    pub rows: AlbumTracksState,
    pub auth: AuthState,
}

#[page(
    route = "/tracks",
    template = "tracks.html",
    title = "Tracks",
    permission = "chinook.view_track"
)]
pub struct TracksPage {
    pub rows: TracksState,
    pub auth: AuthState,
}

#[page(
    route = "/genres",
    template = "list.html",
    title = "Genres",
    permission = "chinook.view_genre"
)]
pub struct GenresPage {
    pub rows: GenresState,
    pub auth: AuthState,
}

#[page(
    route = "/media-types",
    template = "list.html",
    title = "Media types",
    permission = "chinook.view_media_type"
)]
pub struct MediaTypesPage {
    pub rows: MediaTypesState,
    pub auth: AuthState,
}

#[page(
    route = "/playlists",
    template = "playlists.html",
    title = "Playlists",
    permission = "chinook.view_playlist"
)]
pub struct PlaylistsPage {
    pub rows: PlaylistsState,
    pub auth: AuthState,
}

/// One playlist with its tracks.
#[page(
    route = "/playlists/{id}",
    template = "playlist.html",
    title = "Playlist",
    permission("chinook.view_playlist", "chinook.view_playlist_track")
)]
pub struct PlaylistPage {
    pub id: i64,
    pub playlist: PlaylistState,
    pub rows: PlaylistTracksState,
    pub auth: AuthState,
}

#[page(
    route = "/entries",
    template = "filtered.html",
    title = "Entries",
    permission = "chinook.view_playlist_track"
)]
pub struct EntriesPage {
    pub rows: EntriesState,
    pub auth: AuthState,
}

#[page(
    route = "/customers",
    template = "list.html",
    title = "Customers",
    permission = "chinook.view_customer"
)]
pub struct CustomersPage {
    pub rows: CustomersState,
    pub auth: AuthState,
}

#[page(
    route = "/employees",
    template = "filtered.html",
    title = "Employees",
    permission = "chinook.view_employee"
)]
pub struct EmployeesPage {
    pub rows: EmployeesState,
    pub auth: AuthState,
}

#[page(
    route = "/invoices",
    template = "list.html",
    title = "Invoices",
    permission = "chinook.view_invoice"
)]
pub struct InvoicesPage {
    pub rows: InvoicesState,
    pub auth: AuthState,
}

#[page(
    route = "/invoice-lines",
    template = "filtered.html",
    title = "Invoice lines",
    permission = "chinook.view_invoice_line"
)]
pub struct InvoiceLinesPage {
    pub rows: InvoiceLinesState,
    pub auth: AuthState,
}
