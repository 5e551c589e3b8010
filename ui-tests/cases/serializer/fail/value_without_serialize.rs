pub mod note {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "note")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub title: String,
        pub content: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub struct Length(usize);

#[derive(rdj::Serializer)]
#[serializer(model = note::Entity)]
pub struct NoteRow {
    #[serializer(compute = length)]
    pub length: Length,
}

fn length(note: &note::Model) -> Length {
    Length(note.title.len())
}

fn main() {}
