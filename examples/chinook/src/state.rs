//! What each page lists and edits. Each action asks for the model's permission: `view`, `add`, `change`,
//! `delete`.

use rdj::{
    base,
    orm::{hooks::Query, prelude::*},
    prelude::*,
};

use crate::entity::{album, artist, customer, invoice, invoice_line, playlist_track, track};

#[model_state(
    model = artist::Entity,
    model_permissions,
    fields(name),
    list_display(name),
    ordering(name),
    ordering_fields(name),
    search_fields(name),
    paginate_by = 20,
)]
pub struct ArtistsState;

#[model_state(
    model = album::Entity,
    model_permissions,
    fields(title, artist_id),
    list_display(title, artist_id),
    ordering(title),
    ordering_fields(title),
    search_fields(title),
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
    search_fields(name),
    paginate_by = 20,
    export,
    import,
)]
pub struct TracksState;

#[model_state(
    model = customer::Entity,
    model_permissions,
    fields(
        first_name, last_name, company, address, city, state, country, postal_code, phone, fax,
        email, support_rep_id,
    ),
    list_display(first_name, last_name, company, city, country, email),
    ordering(last_name, first_name),
    ordering_fields(first_name, last_name, city, country),
    search_fields(first_name, last_name, company, city, country, email),
    paginate_by = 20,
)]
pub struct CustomersState;

#[model_state(
    model = invoice::Entity,
    model_permissions,
    fields(
        customer_id, invoice_date, billing_address, billing_city, billing_state, billing_country,
        billing_postal_code, total,
    ),
    list_display(invoice_date, customer_id, billing_city, billing_country, total),
    ordering(-invoice_date),
    ordering_fields(invoice_date, billing_city, billing_country, total),
    search_fields(billing_address, billing_city, billing_country),
    paginate_by = 20,
    inlines(lines = InvoiceLinesState),
)]
pub struct InvoicesState;

/// The tracks on an invoice, in the form of the invoice.
#[model_state(
    model = invoice_line::Entity,
    model_permissions,
    fields(track_id, unit_price, quantity),
    actions(create, update, delete),
    ordering(id),
)]
pub struct InvoiceLinesState;

#[model_state(
    model = playlist_track::Entity,
    model_permissions,
    fields(playlist_id, track_id),
    list_display(playlist_id, track_id),
    ordering(playlist_id, track_id),
    paginate_by = 20,
)]
pub struct PlaylistsState;
