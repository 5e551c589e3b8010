#!/usr/bin/env bash
# Build cost: prints lines of `what <tab> goal <tab> seconds` (see src/subject/build.rs).
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
runs=${RUNS:-5}
more=5
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CARGO_TARGET_DIR=${RDJ_BUILD_TARGET:-${CARGO_TARGET_DIR:-$root/target}/build-cost}

# A copy of the example in a workspace of its own, with the versions of this one.
cp -r "$root/examples/notes" "$work/notes"
cd "$work/notes"
cp "$root/Cargo.lock" .
{
  sed -e "s/^\([a-z0-9_-]*\)\.workspace = true$/\1 = { workspace = true }/" \
    -e "/^\[lints\]/,/^$/d" Cargo.toml
  echo "[workspace]"
  awk '/^\[workspace.package\]/,/^\[workspace.lints/' "$root/Cargo.toml" |
    sed -e '/^\[workspace.lints/d' -e "s#path = \"\.\"#path = \"$root\"#" -e "s#path = \"\(rdj-[a-z]*\)\"#path = \"$root/\1\"#"
  awk '/^\[profile.dev/,/^$/' "$root/Cargo.toml"
} > Cargo.new
mv Cargo.new Cargo.toml

build() { cargo build --quiet; }

# Seconds of one build.
once() {
  local start=$EPOCHREALTIME
  build
  awk -v a="$start" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'
}

# The middle of the builds after a change.
middle() {
  local change=$1 run
  for run in $(seq "$runs"); do
    "$change" "$run"
    once
  done | sort -n | sed -n "$(((runs + 1) / 2))p"
}

change_template() { echo "{# $1 #}" >> templates/notes.html; }

change_hook() {
  sed -i "s/\(value.trim().to_owned()\).*/\1 \/\/ $1 $RANDOM/" src/main.rs
}

# A model and its state in a module of their own.
add_state() {
  cat > "src/extra$1.rs" << END
pub mod model {
    use rdj::orm::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel, rdj::Model)]
    #[sea_orm(table_name = "extra$1")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        #[rdj(label = "Title", max_length = 200)]
        pub title: String,
        #[sea_orm(column_type = "Text", nullable)]
        pub content: Option<String>,
        pub count: i32,
        #[rdj(auto_now_add)]
        pub created_at: DateTimeUtc,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

#[rdj::model_state(
    model = model::Entity,
    fields(title, content, count),
    ordering(-created_at),
    search_fields(title, content),
    paginate_by = 20,
)]
pub struct Extra$1State;

#[rdj::page(route = "/extra$1", template = "extra$1.html", title = "Extra")]
pub struct Extra$1Page {
    pub extra: Extra$1State,
}
END
  sed "s/notes\.\(field\|bind\)/extra.\1/; s/notes/extra/g; s/note/row/g" templates/notes.html > "templates/extra$1.html"
  sed -i "s/^mod note;/mod note;\nmod extra$1;/" src/main.rs
}

# A hook to change.
cat >> src/main.rs << 'END'

impl NotesHooks for NotesState {
    fn clean_title(&self, value: String) -> Result<String, FieldError> {
        Ok({
            value.trim().to_owned()
        })
    }
}
END

build
printf 'a changed template\t4\t%s\n' "$(middle change_template)"
few=$(middle change_hook)
printf 'a changed hook\t4\t%s\n' "$few"
for state in $(seq "$more"); do add_state "$state"; done
build
many=$(middle change_hook)
printf 'a changed hook, with %s more models, states and pages\t\t%s\n' "$more" "$many"
printf 'one model, state and page more\t0.3\t%s\n' \
  "$(awk -v a="$few" -v b="$many" -v n="$more" 'BEGIN { print (b - a) / n }')"
