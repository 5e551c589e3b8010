//! What each page lists and edits.

use rdj::prelude::*;

use crate::entity::{album, artist, customer, invoice, playlist_track, track};

#[model_state(
    model = artist::Entity,
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
    fields(title, artist_id),
    list_display(title, artist_id),
    ordering(title),
    ordering_fields(title),
    search_fields(title),
    paginate_by = 20,
)]
pub struct AlbumsState;

#[model_state(
    model = track::Entity,
    fields(name, album_id, media_type_id, genre_id, composer, milliseconds, bytes, unit_price),
    list_display(name, album_id, genre_id, composer, milliseconds, unit_price),
    ordering(name),
    ordering_fields(name, composer, milliseconds, unit_price),
    search_fields(name),
    paginate_by = 20,
)]
pub struct TracksState;

#[model_state(
    model = customer::Entity,
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
    fields(
        customer_id, invoice_date, billing_address, billing_city, billing_state, billing_country,
        billing_postal_code, total,
    ),
    list_display(invoice_date, customer_id, billing_city, billing_country, total),
    ordering(-invoice_date),
    ordering_fields(invoice_date, billing_city, billing_country, total),
    search_fields(billing_address, billing_city, billing_country),
    paginate_by = 20,
)]
pub struct InvoicesState;

#[model_state(
    model = playlist_track::Entity,
    fields(playlist_id, track_id),
    list_display(playlist_id, track_id),
    ordering(playlist_id, track_id),
    paginate_by = 20,
)]
pub struct PlaylistsState;
