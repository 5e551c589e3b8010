//! What the database deletes along with a row, and whether the user may delete that too.

mod recorded;

use rdj_runtime::{CurrentUser, Cx, Error, Result};
use sea_orm::{
    ConnectionTrait, Identity, RelationDef,
    sea_query::{
        CommonTableExpression, Condition, DynIden, Expr, ExprTrait, ForeignKeyAction, IntoIden,
        JoinType, Query, SelectStatement, TableRef, UnionType, WithClause,
    },
};

pub(crate) use self::recorded::{go_along, went_along};
use crate::{
    db::{CxDb, Db},
    model::{CrudModel, ModelDef, has_key},
    state::{Key, ModelState},
    words,
};

/// With `model_permissions`: refuses to delete the row with this key if rows of other models would go
/// along by `ON DELETE CASCADE` that the user may not delete.
///
/// There is one query for each right that the user lacks, and none for who lacks none.
pub(crate) async fn authorize_cascade<S: ModelState>(cx: &Cx, key: &Key<S>) -> Result {
    if !S::SPEC.model_permissions {
        return Ok(());
    }
    let mut search = Search::new(cx.require_user()?);
    let table = (<S::Entity as CrudModel>::DEF.table)();
    let row = search.ways.gone(table, has_key::<S::Entity>(key), 0);
    search.follow(&row, &[]);
    let (db, mut denied) = (cx.db()?, Vec::new());
    for lacking in search.lacking {
        if lacking.is_there(&db).await? {
            denied.push(lacking.model);
        }
    }
    if denied.is_empty() {
        return Ok(());
    }
    cx.messages()
        .error(words::along::<S::Entity>("rdj-delete-along", &denied));
    Err(Error::Denied)
}

/// A foreign key with `ON DELETE CASCADE`, and the model that has it.
struct Cascade {
    child: &'static ModelDef,
    relation: RelationDef,
}

/// The cascades of all models that are linked into the binary.
fn cascades() -> impl Iterator<Item = Cascade> {
    inventory::iter::<ModelDef>.into_iter().flat_map(|child| {
        let relations = (child.relations)().into_iter();
        let cascades = relations.filter(|relation| {
            let takes_along = matches!(relation.on_delete, Some(ForeignKeyAction::Cascade));
            takes_along && !relation.is_owner && !relation.skip_fk
        });
        cascades.map(move |relation| Cascade { child, relation })
    })
}

/// Rows that are about to be deleted.
struct Gone {
    table: TableRef,
    rows: Condition,
    /// Foreign keys of the table to itself, by which more rows of it go.
    own: Vec<RelationDef>,
    /// The columns that foreign keys hold.
    keys: Vec<DynIden>,
    /// How many tables lie between the row that somebody deletes and these.
    depth: usize,
}

impl Gone {
    /// The values of some columns, of these rows and of those of the same table that go with them.
    fn values(&self, columns: &Identity) -> SelectStatement {
        let of = |table: &DynIden, columns: &[DynIden]| -> Vec<Expr> {
            let column = |name: &DynIden| Expr::col((table.clone(), name.clone()));
            columns.iter().map(column).collect()
        };
        let wanted: Vec<DynIden> = columns.iter().cloned().collect();
        let table = self.table.sea_orm_table();
        if self.own.is_empty() {
            let mut select = Query::select();
            select.exprs(of(table, &wanted)).from(self.table.clone());
            return select.cond_where(self.rows.clone()).take();
        }
        // rows that refer to rows of the same table go with them, however deep: each comes once, so
        // that rows that refer to each other in a circle come to an end
        let gone = format!("gone_{}", self.depth).into_iden();
        let also = self.own.iter().fold(Condition::any(), |any, relation| {
            any.add(same(table, &relation.from_col, &gone, &relation.to_col))
        });
        let mut next = Query::select();
        next.exprs(of(table, &self.keys))
            .from(self.table.clone())
            .join(JoinType::InnerJoin, gone.clone(), also);
        let mut all = Query::select();
        all.exprs(of(table, &self.keys))
            .from(self.table.clone())
            .cond_where(self.rows.clone())
            .union(UnionType::Distinct, next);
        let mut named = CommonTableExpression::new();
        named
            .table_name(gone.clone())
            .columns(self.keys.clone())
            .query(all);
        let mut select = Query::select();
        select
            .exprs(of(&gone, &wanted))
            .from(gone)
            .with_cte(WithClause::new().recursive(true).cte(named).to_owned())
            .take()
    }

    /// The rows that refer to these.
    fn referring(&self, relation: &RelationDef) -> Condition {
        let table = relation.from_tbl.sea_orm_table();
        let column = |name: &DynIden| Expr::col((table.clone(), name.clone()));
        let columns: Vec<Expr> = relation.from_col.iter().map(column).collect();
        let values = self.values(&relation.to_col);
        Condition::all().add(match columns.as_slice() {
            [column] => column.clone().in_subquery(values),
            _ => Expr::tuple(columns).in_subquery(values),
        })
    }
}

/// That the columns of a foreign key in `from` hold those of `to`.
fn same(from: &DynIden, columns: &Identity, to: &DynIden, keys: &Identity) -> Condition {
    let pairs = columns.iter().zip(keys.iter());
    pairs.fold(Condition::all(), |all, (column, key)| {
        let key = Expr::col((to.clone(), key.clone()));
        all.add(Expr::col((from.clone(), column.clone())).eq(key))
    })
}

/// A model whose rows the user may not delete, and the queries of which each finds some that would go.
struct Lacking {
    model: &'static ModelDef,
    found_by: Vec<SelectStatement>,
}

impl Lacking {
    async fn is_there(&self, db: &Db) -> Result<bool> {
        let found = self.found_by.iter().cloned();
        let any = found.fold(Condition::any(), |any, select| {
            any.add(Expr::exists(select))
        });
        let query = Query::select().expr(Expr::val(1)).cond_where(any).take();
        Ok(db.query_one(&query).await?.is_some())
    }
}

/// The ways from rows to what goes along.
struct Ways(Vec<Cascade>);

impl Ways {
    fn all() -> Self {
        Self(cascades().collect())
    }

    fn to<'a>(&'a self, table: &'a TableRef) -> impl Iterator<Item = &'a Cascade> {
        let all = self.0.iter();
        all.filter(move |cascade| cascade.relation.to_tbl == *table)
    }

    fn gone(&self, table: TableRef, rows: Condition, depth: usize) -> Gone {
        let mut own = Vec::new();
        let mut keys: Vec<DynIden> = Vec::new();
        for Cascade { relation, .. } in self.to(&table) {
            for key in relation.to_col.iter() {
                if !keys.contains(key) {
                    keys.push(key.clone());
                }
            }
            if relation.from_tbl == table {
                own.push(relation.clone());
            }
        }
        Gone {
            table,
            rows,
            own,
            keys,
            depth,
        }
    }

    /// The tables whose rows go along with these, beside their own.
    fn next(&self, gone: &Gone) -> Vec<(&'static ModelDef, RelationDef)> {
        let all = self.to(&gone.table);
        let others = all.filter(|cascade| cascade.relation.from_tbl != gone.table);
        others
            .map(|Cascade { child, relation }| (*child, relation.clone()))
            .collect()
    }
}

/// The search for models that the user lacks the right for.
struct Search {
    user: CurrentUser,
    ways: Ways,
    lacking: Vec<Lacking>,
}

impl Search {
    fn new(user: CurrentUser) -> Self {
        Self {
            user,
            ways: Ways::all(),
            lacking: Vec::new(),
        }
    }

    /// Notes what goes along with rows that the user may not delete; `path` are the tables before.
    fn follow(&mut self, gone: &Gone, path: &[&TableRef]) {
        let path = [path, &[&gone.table]].concat();
        for (child, relation) in self.ways.next(gone) {
            let mut lacking = self.lacking_below(child);
            if lacking.is_empty() {
                continue;
            }
            let (table, rows) = (relation.from_tbl.clone(), gone.referring(&relation));
            let some = Query::select()
                .expr(Expr::val(1))
                .from(table.clone())
                .cond_where(rows.clone())
                .take();
            let in_circle = path.contains(&&table);
            // tables that refer to each other in a circle are not followed row by row: where rows go
            // once around, all that can go along counts
            if !in_circle {
                let next = self.ways.gone(table, rows, gone.depth + 1);
                self.follow(&next, &path);
                lacking.retain(|model| std::ptr::eq(*model, child));
            }
            for model in lacking {
                self.note(model, some.clone());
            }
        }
    }

    fn note(&mut self, model: &'static ModelDef, some: SelectStatement) {
        let known = self.lacking.iter_mut();
        match known
            .into_iter()
            .find(|known| std::ptr::eq(known.model, model))
        {
            Some(known) => known.found_by.push(some),
            None => self.lacking.push(Lacking {
                model,
                found_by: vec![some],
            }),
        }
    }

    /// The model and all whose rows can go along with its rows, as far as the user lacks the right.
    fn lacking_below(&self, model: &'static ModelDef) -> Vec<&'static ModelDef> {
        let mut seen = vec![model];
        let mut at = 0;
        while let Some(model) = seen.get(at).copied() {
            at += 1;
            for Cascade { child, .. } in self.ways.to(&(model.table)()) {
                if !seen.iter().any(|known| std::ptr::eq(*known, *child)) {
                    seen.push(*child);
                }
            }
        }
        seen.retain(|model| !self.user.has_perm(&model.permission("delete")));
        seen
    }
}
