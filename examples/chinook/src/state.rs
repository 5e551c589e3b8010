//! What each page lists and edits. Each action asks for the model's permission: `view`, `add`, `change`,
//! `delete`.

mod music;
mod playlists;
mod sales;

pub use self::{
    music::{
        AlbumState, AlbumTracksState, AlbumsState, ArtistsState, GenresState, MediaTypesState,
        TracksState,
    },
    playlists::{EntriesState, PlaylistState, PlaylistTracksState, PlaylistsState},
    sales::{CustomersState, EmployeesState, InvoiceLinesState, InvoicesState},
};
