//! The states under attack: all that a list and a form can have, twice.

use rdj::{
    handlers,
    orm::{
        hooks::Query,
        sea_orm::{
            ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, Set,
        },
        state::{
            Creates, Deletes, DeletesSelected, Filters, HasHistory, Lists, Orders, Pages, Saves,
            Searches, Selects, Updates,
        },
    },
    prelude::*,
};

use crate::models::papers::{folder, paper, sheet, tag};

/// Everything that a state of papers can do.
pub trait Papers:
    ModelState<Entity = paper::Entity>
    + Default
    + Creates
    + Deletes
    + DeletesSelected
    + Filters
    + Lists
    + Orders
    + Pages
    + Saves
    + Searches
    + Selects
    + Updates
{
}

impl<S> Papers for S where
    S: ModelState<Entity = paper::Entity>
        + Default
        + Creates
        + Deletes
        + DeletesSelected
        + Filters
        + Lists
        + Orders
        + Pages
        + Saves
        + Searches
        + Selects
        + Updates
{
}

/// States whose rows belong to users, by one way of saying so.
pub trait Kit: 'static {
    /// What it is called in a failed test.
    const NAME: &'static str;
    /// Papers with everything.
    type Papers: Papers;
    /// Papers whose pages are found by keys.
    type Endless: ModelState<Entity = paper::Entity> + Default;
    /// Papers with files, sheets, a history, and folders and tags that are made in place.
    type Dossiers: ModelState<Entity = paper::Entity> + Default + HasHistory;
}

macro_rules! states {
    (
        $papers:literal, $endless:literal, $dossiers:literal, $sheets:literal, $folders:literal,
        $tags:literal $(, $owner:ident)?
    ) => {
        /// Papers with everything.
        #[model_state(
            model = paper::Entity,
            name = $papers,
            fields(title, stars, folder_id, tags),
            list_display(title, stars, folder_id, tags),
            ordering(title),
            ordering_fields(title, stars),
            search_fields(title),
            filters(stars, title(text), folder_id),
            picker(folder_id = FoldersState, tags = TagsState),
            paginate_by = 2,
            bulk_actions(delete_selected, feature),
            export,
            import,
            $(owner_field = $owner,)?
        )]
        #[derive(Debug)]
        pub struct PapersState;

        #[events]
        impl PapersState {
            /// Makes the selected papers the best.
            async fn feature(&mut self, cx: &Cx) -> Result {
                handlers::for_selected(self, cx, Action::Update, |_, cx, row| {
                    Box::pin(five_stars(cx, row))
                })
                .await?;
                Ok(())
            }
        }

        /// Papers whose pages are found by keys.
        #[model_state(
            model = paper::Entity,
            name = $endless,
            fields(title),
            ordering(title),
            paginate_by = 2,
            pagination = keyset,
            count = exact,
            $(owner_field = $owner,)?
        )]
        #[derive(Debug)]
        pub struct EndlessState;

        /// Papers with files, sheets, a history, and folders and tags that are made in place.
        #[model_state(
            model = paper::Entity,
            name = $dossiers,
            fields(title, stars, scan, folder_id, tags),
            list_display(title, scan),
            ordering(title),
            picker(folder_id = FoldersState, tags = TagsState),
            create_in_place(folder_id = name, tags = name),
            inlines(sheets = SheetsState(extra = 0)),
            history,
            $(owner_field = $owner,)?
        )]
        #[derive(Debug)]
        pub struct DossiersState;

        /// The sheets of a paper: nothing but the paper says whose they are.
        #[model_state(model = sheet::Entity, name = $sheets, fields(text), ordering(id))]
        #[derive(Debug)]
        pub struct SheetsState;

        /// Where papers can lie.
        #[model_state(
            model = folder::Entity,
            name = $folders,
            fields(name),
            $(owner_field = $owner,)?
        )]
        #[derive(Debug)]
        pub struct FoldersState;

        /// What papers can be about.
        #[model_state(
            model = tag::Entity,
            name = $tags,
            fields(name),
            $(owner_field = $owner,)?
        )]
        #[derive(Debug)]
        pub struct TagsState;
    };
}

async fn five_stars(cx: &Cx, row: paper::Model) -> Result {
    use rdj::orm::sea_orm::ActiveModelTrait as _;
    let mut row = row.into_active_model();
    row.stars = Set(5);
    row.update(&cx.db()?).await?;
    Ok(())
}

/// Nothing but `owner_field` says whose rows they are.
pub mod owned {
    use super::*;

    states!(
        "owned_papers",
        "owned_endless",
        "owned_dossiers",
        "owned_sheets",
        "owned_folders",
        "owned_tags",
        user_id
    );

    /// These states.
    #[derive(Debug)]
    pub struct Owned;

    impl Kit for Owned {
        const NAME: &'static str = "owner_field";
        type Papers = PapersState;
        type Endless = EndlessState;
        type Dossiers = DossiersState;
    }
}

/// Nothing but `get_queryset` says whose rows they are.
pub mod scoped {
    use super::*;

    states!(
        "scoped_papers",
        "scoped_endless",
        "scoped_dossiers",
        "scoped_sheets",
        "scoped_folders",
        "scoped_tags"
    );

    /// These states.
    #[derive(Debug)]
    pub struct Scoped;

    impl Kit for Scoped {
        const NAME: &'static str = "get_queryset";
        type Papers = PapersState;
        type Endless = EndlessState;
        type Dossiers = DossiersState;
    }

    impl PapersHooks for PapersState {
        async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
            let user = cx.require_user()?;
            Ok(paper::Entity::find().filter(paper::Column::UserId.eq(user.id())))
        }

        // the column takes no NULL
        async fn perform_create(
            &mut self,
            cx: &Cx,
            mut new: paper::ActiveModel,
        ) -> Result<paper::Model> {
            new.user_id = Set(cx.require_user()?.id());
            base::perform_create(self, cx, new).await
        }
    }

    impl DossiersHooks for DossiersState {
        async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
            let user = cx.require_user()?;
            Ok(paper::Entity::find().filter(paper::Column::UserId.eq(user.id())))
        }

        async fn perform_create(
            &mut self,
            cx: &Cx,
            mut new: paper::ActiveModel,
        ) -> Result<paper::Model> {
            // an undo brings the owner along
            if new.user_id.is_not_set() {
                new.user_id = Set(cx.require_user()?.id());
            }
            base::perform_create(self, cx, new).await
        }
    }

    impl EndlessHooks for EndlessState {
        async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
            let user = cx.require_user()?;
            Ok(paper::Entity::find().filter(paper::Column::UserId.eq(user.id())))
        }
    }

    impl FoldersHooks for FoldersState {
        async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
            let user = cx.require_user()?;
            Ok(folder::Entity::find().filter(folder::Column::UserId.eq(user.id())))
        }

        async fn perform_create(
            &mut self,
            cx: &Cx,
            mut new: folder::ActiveModel,
        ) -> Result<folder::Model> {
            new.user_id = Set(cx.require_user()?.id());
            base::perform_create(self, cx, new).await
        }
    }

    impl TagsHooks for TagsState {
        async fn get_queryset(&self, cx: &Cx) -> Result<Query<Self>> {
            let user = cx.require_user()?;
            Ok(tag::Entity::find().filter(tag::Column::UserId.eq(user.id())))
        }

        async fn perform_create(
            &mut self,
            cx: &Cx,
            mut new: tag::ActiveModel,
        ) -> Result<tag::Model> {
            new.user_id = Set(cx.require_user()?.id());
            base::perform_create(self, cx, new).await
        }
    }
}
