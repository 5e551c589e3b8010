//! Artists, albums and tracks.

use rdj::{
    base,
    orm::{
        hooks::Query,
        prelude::*,
        sea_orm::{IntoActiveModel as _, Set},
    },
    prelude::*,
};

use crate::entity::{album, artist, genre, media_type, track};

#[model_state(
    model = artist::Entity,
    model_permissions,
    fields(name),
    ordering(name),
    ordering_fields(name),
    search_fields(name),
    paginate_by = 20,
)]
pub struct ArtistsState;

#[model_state(
    model = genre::Entity,
    model_permissions,
    fields(name),
    ordering(name),
    ordering_fields(name),
    search_fields(name),
    paginate_by = 20,
)]
pub struct GenresState;

#[model_state(
    model = media_type::Entity,
    model_permissions,
    fields(name),
    ordering(name),
    ordering_fields(name),
    search_fields(name),
    paginate_by = 20,
)]
pub struct MediaTypesState;

#[model_state(
    model = album::Entity,
    model_permissions,
    fields(title, artist_id),
    ordering(title),
    ordering_fields(title),
    search_fields(title, artist.name),
    paginate_by = 20,
)]
pub struct AlbumsState;

/// The album that the address names.
#[app_state(permission = "chinook.view_album")]
pub struct AlbumState {
    pub title: String,
    pub artist: String,
}

#[events]
impl AlbumState {
    #[on_load]
    async fn load(&mut self, cx: &Cx) -> Result {
        let id: i64 = cx.param("id")?;
        let found = album::Entity::find_by_id(id)
            .find_also_related(artist::Entity)
            .one(&cx.db()?)
            .await?;
        let (album, artist) = found.ok_or(Error::NotFound)?;
        self.title = album.title;
        self.artist = artist.and_then(|artist| artist.name).unwrap_or_default();
        Ok(())
    }
}

/// The tracks of the album that the address names.
#[model_state(
    model = track::Entity,
    model_permissions,
    fields(name, album_id, composer, unit_price),
    list_display(name, composer, milliseconds, unit_price),
    ordering(id),
    ordering_fields(name, milliseconds, unit_price),
)]
pub struct AlbumTracksState;

impl AlbumTracksHooks for AlbumTracksState {
    /// All rows that this state lists and changes come from here.
    async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
        let id: i64 = cx.param("id")?;
        Ok(base::get_queryset(self, cx)
            .await?
            .filter(track::Column::AlbumId.eq(id)))
    }
}

#[model_state(
    model = track::Entity,
    model_permissions,
    fields(name, album_id, media_type_id, genre_id, composer, milliseconds, bytes, unit_price),
    list_display(name, album_id, genre_id, composer, milliseconds, unit_price),
    ordering(name),
    ordering_fields(name, composer, milliseconds, unit_price),
    search_fields(name, album.title, album.artist.name),
    filters(genre_id, media_type_id, unit_price(range), composer(null)),
    paginate_by = 20,
    bulk_actions(delete_selected, standard_price),
    export,
    import,
)]
pub struct TracksState;

#[events]
impl TracksState {
    /// Offers the selected tracks at the price that most have.
    #[event(permission = "chinook.change_track")]
    async fn standard_price(&mut self, cx: &Cx) -> Result {
        handlers::for_selected(self, cx, Action::Update, |_, cx, track| {
            Box::pin(reprice(cx, track))
        })
        .await?;
        Ok(())
    }
}

async fn reprice(cx: &Cx, track: track::Model) -> Result {
    let mut track = track.into_active_model();
    track.unit_price = Set(Decimal::new(99, 2));
    let track = track.update(&cx.db()?).await?;
    cx.changed::<track::Entity>(&track.id, ChangeKind::Updated);
    Ok(())
}
