//! Playlists and their entries.

use rdj::{
    base,
    orm::{hooks::Query, prelude::*},
    prelude::*,
};

use crate::entity::{playlist, playlist_track};

#[model_state(
    model = playlist::Entity,
    model_permissions,
    fields(name, tracks),
    list_display(name),
    ordering(name),
    ordering_fields(name),
    search_fields(name),
    paginate_by = 20,
)]
pub struct PlaylistsState;

impl PlaylistsHooks for PlaylistsState {
    /// A playlist takes its entries along, in the transaction that deletes it.
    async fn before_delete(&mut self, cx: &Cx, row: &playlist::Model) -> Result {
        playlist_track::Entity::delete_many()
            .filter(playlist_track::Column::PlaylistId.eq(row.id))
            .exec(&cx.db()?)
            .await?;
        cx.changed_many::<playlist_track::Entity>(ChangeKind::Deleted);
        base::before_delete(self, cx, row).await
    }
}

/// The rows of the junction for themselves: the key is the pair, so an entry is made and deleted, not
/// changed.
#[model_state(
    model = playlist_track::Entity,
    model_permissions,
    actions(list, create, delete),
    fields(playlist_id, track_id),
    ordering(playlist_id, track_id),
    search_fields(playlist.name, track.name),
    filters(playlist_id),
    paginate_by = 20,
)]
pub struct EntriesState;

/// The playlist that the address names.
#[app_state(permission = "chinook.view_playlist")]
pub struct PlaylistState {
    pub name: String,
}

#[events]
impl PlaylistState {
    #[on_load]
    async fn load(&mut self, cx: &Cx) -> Result {
        let id: i64 = cx.param("id")?;
        let found = playlist::Entity::find_by_id(id).one(&cx.db()?).await?;
        self.name = found.ok_or(Error::NotFound)?.name.unwrap_or_default();
        Ok(())
    }
}

/// The tracks of the playlist that the address names. Track, album and artist of all rows come in the
/// query of the list.
#[model_state(
    model = playlist_track::Entity,
    model_permissions,
    actions(list),
    list_display(track_id),
    select_related(track, track.album, track.album.artist),
    search_fields(track.name, track.album.title, track.album.artist.name),
    ordering(track_id),
    paginate_by = 50,
)]
pub struct PlaylistTracksState;

impl PlaylistTracksHooks for PlaylistTracksState {
    async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
        let id: i64 = cx.param("id")?;
        Ok(base::get_queryset(self, cx)
            .await?
            .filter(playlist_track::Column::PlaylistId.eq(id)))
    }
}
