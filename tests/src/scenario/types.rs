//! Columns of each type: from a form to the database and back.

use rdj::{
    InputKind,
    component::FieldView,
    orm::{
        Db, FieldMeta,
        sea_orm::{
            ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait,
            IntoActiveModel,
        },
    },
    prelude::*,
};

use crate::{
    models::{
        album,
        sample::{self, level::Level, medium::Medium, mood::Mood, tally},
    },
    orm::Client,
};

/// All types that a form can edit; bytes are shown only.
#[model_state(
    model = sample::Entity,
    fields(
        tiny, small, medium, big, single, double, amount, flag, word, text, day,
        time, moment, instant, zoned, uuid, payload, kind, level, mood, opt_small, opt_count, opt_double,
        opt_amount, opt_flag, opt_word, opt_day, opt_time, opt_moment, opt_instant, opt_uuid, opt_payload,
        opt_kind, opt_mood
    ),
    list_display(word, bytes, opt_bytes, kind, level, mood, payload),
)]
#[derive(Debug)]
pub struct SamplesState;

impl SamplesHooks for SamplesState {
    async fn perform_create(
        &mut self,
        cx: &Cx,
        mut new: sample::ActiveModel,
    ) -> Result<sample::Model> {
        new.bytes = Set(vec![0, 255, 7]);
        base::perform_create(self, cx, new).await
    }
}

const FORM: &[(&str, &str)] = &[
    ("tiny", "-5"),
    ("small", "-32768"),
    ("medium", "2147483647"),
    ("big", "-9223372036854775808"),
    ("single", "0.1"),
    ("double", "0.1"),
    ("amount", "12345678.0125"),
    ("flag", "true"),
    ("word", "milk"),
    ("text", "two\r\nlines"),
    ("day", "2026-11-21"),
    ("time", "06:45:01.123456"),
    ("moment", "2026-11-21T06:45:01.123456"),
    ("instant", "2036-11-21T06:45:01.654321Z"),
    ("zoned", "1976-11-21T06:45:01.000001+02:00"),
    ("uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8"),
    ("payload", r#"{"a": [1, null, "x"]}"#),
    ("kind", "lp"),
    ("level", "9"),
    ("mood", "sad"),
];

const OPTIONAL: &[(&str, &str)] = &[
    ("opt_small", "7"),
    ("opt_count", "8"),
    ("opt_double", "-2.5"),
    ("opt_amount", "0.01"),
    ("opt_flag", "true"),
    ("opt_word", "bread"),
    ("opt_day", "2026-11-22"),
    ("opt_time", "23:59"),
    ("opt_moment", "2026-11-21T06:45"),
    ("opt_instant", "2026-11-21T06:45"),
    ("opt_uuid", "67e55044-10b1-426f-9247-bb680e5fe0c8"),
    ("opt_payload", "[1]"),
    ("opt_kind", "cd"),
    ("opt_mood", "glad"),
];

async fn saved(db: &Db, optional: bool) -> Result<(SamplesState, sample::Model)> {
    let mut samples = SamplesState::default();
    let form = if optional {
        [FORM, OPTIONAL].concat()
    } else {
        FORM.to_vec()
    };
    Client::anonymous(db)
        .submit(&mut samples, "save", &form)
        .await?;
    let errors = &samples.field_errors;
    assert!(errors.is_empty(), "{errors:?}");
    let row = stored(db).await?;
    Ok((samples, row))
}

/// The one row.
async fn stored(db: &Db) -> Result<sample::Model> {
    let row = sample::Entity::find().one(db).await?;
    row.ok_or(Error::NotFound)
}

/// What a form sends whose controls nobody changes.
fn entries(fields: &[FieldView]) -> Vec<(&str, &str)> {
    let pairs = fields.iter().map(|field| (&*field.name, &*field.value));
    pairs.collect()
}

/// Each value survives, to the microsecond and to the last digit.
pub async fn round_trip(db: &Db) -> Result {
    let (mut samples, row) = saved(db, true).await?;
    let numbers = (row.tiny, row.small, row.medium, row.big);
    assert_eq!(numbers, (-5, i16::MIN, i32::MAX, i64::MIN));
    assert_eq!((row.single, row.double), (0.1_f32, 0.1_f64));
    assert_eq!(row.amount, "12345678.0125".parse()?);
    assert_eq!(row.text, "two\nlines");
    assert_eq!(row.time.to_string(), "06:45:01.123456");
    assert_eq!(row.moment.to_string(), "2026-11-21 06:45:01.123456");
    assert_eq!(row.instant.to_rfc3339(), "2036-11-21T06:45:01.654321+00:00");
    assert_eq!(
        row.zoned.to_utc().to_rfc3339(),
        "1976-11-21T04:45:01.000001+00:00"
    );
    assert_eq!(row.payload["a"][2], "x");
    assert_eq!(row.bytes, [0, 255, 7]);
    assert_eq!(
        (row.kind, row.level, row.mood),
        (Medium::LongPlayer, Level::High, Mood::Sad)
    );
    assert_eq!(
        (row.opt_kind, row.opt_mood),
        (Some(Medium::Cd), Some(Mood::Glad))
    );
    assert_eq!(row.opt_amount, Some("0.01".parse()?));
    // an edit that changes nothing writes nothing, though controls show seconds only
    let args = format!("[{}]", row.id);
    let client = Client::anonymous(db);
    client.call(&mut samples, "start_edit", &args).await?;
    let shown = samples.form().fields;
    let form = entries(&shown);
    client.submit(&mut samples, "save", &form).await?;
    let errors = &samples.field_errors;
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(stored(db).await?, row);
    let html = samples.table().to_string();
    assert!(
        html.contains(
            "milk</th><td>3 bytes</td><td></td><td>Long player</td><td>High</td><td>Sad</td>"
        ),
        "{html}"
    );
    Ok(())
}

/// Numbers of a byte and without a sign.
#[model_state(model = tally::Entity, fields(tiny, count8, count16, count32, opt_count))]
#[derive(Debug)]
pub struct TalliesState;

/// They survive where the database has them; PostgreSQL has none.
pub async fn unsigned(db: &Db) -> Result {
    if db.get_database_backend() == DbBackend::Postgres {
        return Ok(());
    }
    let client = Client::anonymous(db);
    let mut tallies = TalliesState::default();
    let form = [
        ("tiny", "-128"),
        ("count8", "255"),
        ("count16", "65535"),
        ("count32", "4294967295"),
        ("opt_count", ""),
    ];
    client.submit(&mut tallies, "save", &form).await?;
    let row = tally::Entity::find()
        .one(db)
        .await?
        .ok_or(Error::NotFound)?;
    assert_eq!((row.tiny, row.count8, row.count16), (-128, 255, 65_535));
    assert_eq!((row.count32, row.opt_count), (4_294_967_295, None));
    let form = [("count8", "256"), ("count32", "-1")];
    client.submit(&mut tallies, "save", &form).await?;
    let error = tallies.field_errors.get("count8");
    assert_eq!(
        error.as_deref(),
        Some("Enter a whole number from 0 to 255.")
    );
    Ok(())
}

/// NULL is what an empty control means, and stays NULL in an edit of something else (D007, D008).
pub async fn d007_d008_nulls(db: &Db) -> Result {
    let (mut samples, row) = saved(db, false).await?;
    let nothing = |row: &sample::Model| {
        assert_eq!(
            (row.opt_small, row.opt_count, row.opt_double),
            (None, None, None)
        );
        assert_eq!(
            (row.opt_amount, row.opt_flag, &row.opt_word),
            (None, None, &None)
        );
        assert_eq!(
            (row.opt_day, row.opt_time, row.opt_moment),
            (None, None, None)
        );
        assert_eq!(
            (row.opt_instant, row.opt_uuid, &row.opt_payload),
            (None, None, &None)
        );
        assert_eq!(
            (&row.opt_bytes, row.opt_kind, row.opt_mood),
            (&None, None, None)
        );
    };
    nothing(&row);
    let client = Client::anonymous(db);
    let args = format!("[{}]", row.id);
    client.call(&mut samples, "start_edit", &args).await?;
    let shown = samples.form().fields;
    let mut form = entries(&shown);
    form.retain(|(name, _)| *name != "opt_flag");
    form.push(("word", "bread"));
    client.submit(&mut samples, "save", &form).await?;
    let row = stored(db).await?;
    assert_eq!(row.word, "bread");
    nothing(&row);
    // and what is there is emptied by an empty control
    let mut full = row.into_active_model();
    full.opt_small = Set(Some(7));
    full.opt_kind = Set(Some(Medium::Cd));
    full.opt_payload = Set(Some(true.into()));
    full.update(db).await?;
    client.call(&mut samples, "start_edit", &args).await?;
    let form = [("opt_small", " "), ("opt_kind", ""), ("opt_payload", "")];
    client.submit(&mut samples, "save", &form).await?;
    nothing(&stored(db).await?);
    Ok(())
}

/// What is no value is an error of its field, and stays in the control (D009).
pub async fn d009_wrong(db: &Db) -> Result {
    let client = Client::anonymous(db);
    let mut samples = SamplesState::default();
    let wrong = [
        (
            "small",
            "32768",
            "Enter a whole number from -32768 to 32767.",
        ),
        ("single", "much", "Enter a number."),
        ("time", "25:00", "Enter a valid time."),
        ("uuid", "x", "Enter a valid UUID."),
        (
            "payload",
            "{\n\"a\": }",
            "Enter valid JSON (line 2, column 6).",
        ),
        ("kind", "mc", "Choose one of the choices."),
        ("level", "High", "Choose one of the choices."),
        ("opt_mood", "so-so", "Choose one of the choices."),
        ("opt_count", "1.5", "Enter a whole number."),
    ];
    let form: Vec<(&str, &str)> = wrong.iter().map(|(name, text, _)| (*name, *text)).collect();
    client.submit(&mut samples, "save", &form).await?;
    for (name, text, error) in wrong {
        assert_eq!(
            samples.field_errors.get(name).as_deref(),
            Some(error),
            "{name}"
        );
        let fields = samples.form().fields;
        let field = fields.iter().find(|field| field.name == name);
        assert_eq!(field.map(|field| &*field.value), Some(text));
    }
    assert!(sample::Entity::find().one(db).await?.is_none(), "not saved");
    assert_eq!(
        samples.field_errors.get("mood").as_deref(),
        Some("This field is required.")
    );
    assert!(samples.field_errors.get("opt_word").is_none());
    let html = samples.field().kind().to_string();
    assert!(
        html.contains(r#"<option value="cd">Compact disc</option>"#),
        "{html}"
    );
    assert!(samples.field().payload().to_string().contains("<textarea"));
    Ok(())
}

/// A column's own validators, and those of the row.
pub async fn rules(db: &Db) -> Result {
    let client = Client::anonymous(db);
    let mut samples = SamplesState::default();
    let broken = [
        ("tiny", "-6"),
        ("amount", "0.4"),
        ("word", "M"),
        ("opt_word", "Bread"),
        ("day", "1999-12-31"),
    ];
    let form = [FORM, &broken].concat();
    client.submit(&mut samples, "save", &form).await?;
    let errors: Vec<(&str, String)> = samples
        .field_errors
        .iter()
        .map(|(name, text)| (name, text.into_owned()))
        .collect();
    let expected = [
        ("amount", "Enter a value of at least 0.5."),
        ("day", "Enter a value of at least 2000-01-01."),
        ("opt_word", "Use lower case."),
        ("tiny", "Enter a value of at least -5."),
        ("word", "Use at least 2 characters (now 1)."),
    ];
    assert_eq!(errors, expected.map(|(name, text)| (name, text.to_owned())));
    let html = samples.field().tiny().to_string();
    assert!(html.contains(r#" min="-5" max="100""#), "{html}");
    let good = [FORM, &[("small", "666"), ("opt_word", "")]].concat();
    client.submit(&mut samples, "save", &good).await?;
    let error = samples.field_errors.get("small");
    assert_eq!(error.as_deref(), Some("Not this number."));
    Ok(())
}

/// The facts of columns: what a form, a serializer or an admin can know (C072).
#[expect(clippy::unused_async, reason = "a scenario is async")]
pub async fn c072_facts(_: &Db) -> Result {
    let find = |fields: &'static [FieldMeta], name: &str| {
        fields
            .iter()
            .find(|field| field.name == name)
            .copied()
            .ok_or(Error::NotFound)
    };
    let id = find(sample::Entity::FIELDS, "id")?;
    assert!(id.is_read_only() && !id.is_required() && id.primary_key);
    let word = find(sample::Entity::FIELDS, "word")?;
    assert!(word.is_required() && !word.is_read_only() && word.min_length == Some(2));
    let data = find(sample::Entity::FIELDS, "opt_payload")?;
    assert_eq!(
        (data.kind, data.is_required()),
        (Some(InputKind::Json), false)
    );
    let kind = find(sample::Entity::FIELDS, "kind")?;
    assert_eq!(
        (kind.kind, kind.choices.len()),
        (Some(InputKind::Select), 2)
    );
    let bytes = find(sample::Entity::FIELDS, "bytes")?;
    assert_eq!(bytes.kind, Some(InputKind::File));
    assert_eq!(
        bytes.file.map(|rules| (rules.max_size, rules.accept.len())),
        Some((1 << 20, 0))
    );
    let artist = find(album::Entity::FIELDS, "artist_id")?
        .relation
        .ok_or(Error::NotFound)?;
    assert_eq!((artist.target)(), "rdj_tests.artist");
    Ok(())
}
