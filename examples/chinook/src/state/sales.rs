//! Customers, what they buy, and the employees who help them.

use rdj::prelude::*;

use crate::entity::{customer, employee, invoice, invoice_line};

#[model_state(
    model = customer::Entity,
    model_permissions,
    fields(
        first_name, last_name, company, address, city, state, country, postal_code, phone, fax,
        email, support_rep_id,
    ),
    list_display(first_name, last_name, company, city, country, email, support_rep_id),
    ordering(last_name, first_name),
    ordering_fields(first_name, last_name, company, city, country),
    search_fields(
        first_name, last_name, company, city, country, email, support_rep.last_name,
    ),
    paginate_by = 20,
)]
pub struct CustomersState;

#[model_state(
    model = employee::Entity,
    model_permissions,
    fields(
        first_name, last_name, title, reports_to, birth_date, hire_date, address, city, state,
        country, postal_code, phone, fax, email,
    ),
    list_display(first_name, last_name, title, reports_to, city, email),
    ordering(last_name, first_name),
    ordering_fields(first_name, last_name, title, hire_date),
    search_fields(first_name, last_name, title, manager.last_name),
    filters(reports_to),
    paginate_by = 20,
)]
pub struct EmployeesState;

#[model_state(
    model = invoice::Entity,
    model_permissions,
    fields(
        customer_id, invoice_date, billing_address, billing_city, billing_state, billing_country,
        billing_postal_code, total,
    ),
    list_display(id, invoice_date, customer_id, billing_city, billing_country, total),
    ordering(-invoice_date),
    ordering_fields(invoice_date, billing_city, billing_country, total),
    search_fields(
        billing_address, billing_city, billing_country, customer.first_name, customer.last_name,
    ),
    paginate_by = 20,
    inlines(lines = LinesState),
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
pub struct LinesState;

#[model_state(
    model = invoice_line::Entity,
    model_permissions,
    fields(invoice_id, track_id, unit_price, quantity),
    ordering(-invoice_id, id),
    ordering_fields(invoice_id, unit_price, quantity),
    search_fields(track.name, track.album.title, invoice.customer.last_name),
    filters(unit_price(range)),
    paginate_by = 20,
)]
pub struct InvoiceLinesState;
