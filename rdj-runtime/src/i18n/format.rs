//! Numbers, dates and times as a language writes them.

mod input;

use std::{fmt, sync::OnceLock};

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter, NoCalendarFormatter,
    fieldsets::{T, YMD, YMDT},
    input::{Date, DateTime, Time},
};
use icu_decimal::DecimalFormatter;
use intl_memoizer::Memoizable;
use unic_langid::LanguageIdentifier;

pub use self::input::{Day, Moment, Number, TimeOfDay};
use super::{Language, Locale};

/// A number in the current language: `1,234.5`, `1.234,5`.
///
/// ```
/// assert_eq!(rdj_runtime::i18n::number(1234.5), "1,234.5");
/// ```
#[must_use]
pub fn number(value: impl Number) -> String {
    Locale::current().number(value)
}

/// A day in the current language: `Nov 21, 2026`, `21.11.2026`. The day of a point in time is the one
/// in the time zone of the request.
///
/// In templates: `{{ rdj::i18n::date(note.due) }}`.
#[must_use]
pub fn date(value: impl Day) -> String {
    Locale::current().date(value)
}

/// A time of day in the current language, without seconds.
#[must_use]
pub fn time(value: impl TimeOfDay) -> String {
    Locale::current().time(value)
}

/// Day and time in the current language, in the time zone of the request.
#[must_use]
pub fn datetime(value: impl Moment) -> String {
    Locale::current().datetime(value)
}

impl Locale {
    /// A number as this language writes it.
    #[must_use]
    pub fn number(&self, value: impl Number) -> String {
        self.speaker().formats.numbers().text(&value.to_string())
    }

    /// A day as this language writes it.
    #[must_use]
    pub fn date(&self, value: impl Day) -> String {
        self.speaker().formats.date(value.day(self.time_zone()))
    }

    /// A time of day as this language writes it.
    #[must_use]
    pub fn time(&self, value: impl TimeOfDay) -> String {
        self.speaker()
            .formats
            .time(value.time_of_day(self.time_zone()))
    }

    /// Day and time as this language writes them.
    #[must_use]
    pub fn datetime(&self, value: impl Moment) -> String {
        self.speaker()
            .formats
            .datetime(value.local(self.time_zone()))
    }
}

/// The formatters of one language, each made when it is first needed.
pub(super) struct Formats {
    locale: icu_locale_core::Locale,
    numbers: OnceLock<Numbers>,
    date: OnceLock<Option<FixedCalendarDateTimeFormatter<Gregorian, YMD>>>,
    time: OnceLock<Option<NoCalendarFormatter<T>>>,
    datetime: OnceLock<Option<FixedCalendarDateTimeFormatter<Gregorian, YMDT>>>,
}

impl Formats {
    pub(super) fn new(language: &Language) -> Self {
        Self {
            locale: language
                .code()
                .parse()
                .unwrap_or(icu_locale_core::Locale::UNKNOWN),
            numbers: OnceLock::new(),
            date: OnceLock::new(),
            time: OnceLock::new(),
            datetime: OnceLock::new(),
        }
    }

    fn numbers(&self) -> &Numbers {
        self.numbers.get_or_init(|| Numbers::new(&self.locale))
    }

    fn date(&self, day: NaiveDate) -> String {
        let format = self.date.get_or_init(|| {
            FixedCalendarDateTimeFormatter::try_new((&self.locale).into(), YMD::medium()).ok()
        });
        match (format, icu_date(day)) {
            (Some(format), Some(day)) => format.format(&day).to_string(),
            _ => day.to_string(),
        }
    }

    fn time(&self, time: NaiveTime) -> String {
        let format = self
            .time
            .get_or_init(|| NoCalendarFormatter::try_new((&self.locale).into(), T::hm()).ok());
        match (format, icu_time(time)) {
            (Some(format), Some(time)) => format.format(&time).to_string(),
            _ => time.to_string(),
        }
    }

    fn datetime(&self, moment: NaiveDateTime) -> String {
        let format = self.datetime.get_or_init(|| {
            let fields = YMD::medium().with_time_hm();
            FixedCalendarDateTimeFormatter::try_new((&self.locale).into(), fields).ok()
        });
        match (format, icu_date(moment.date()), icu_time(moment.time())) {
            (Some(format), Some(date), Some(time)) => {
                format.format(&DateTime { date, time }).to_string()
            }
            _ => moment.to_string(),
        }
    }
}

impl fmt::Debug for Formats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Formats({})", self.locale)
    }
}

/// None for years that the calendar's data does not reach.
fn icu_date(day: NaiveDate) -> Option<Date<Gregorian>> {
    let (month, of_month) = (u8::try_from(day.month()), u8::try_from(Datelike::day(&day)));
    Date::try_new_gregorian(day.year(), month.ok()?, of_month.ok()?).ok()
}

fn icu_time(time: NaiveTime) -> Option<Time> {
    let part = |part: u32| u8::try_from(part).ok();
    let (hour, minute, second) = (time.hour(), time.minute(), time.second());
    Time::try_new(part(hour)?, part(minute)?, part(second)?, 0).ok()
}

/// The numbers of one language.
pub(super) struct Numbers(Option<DecimalFormatter>);

impl Numbers {
    fn new(locale: &icu_locale_core::Locale) -> Self {
        Self(
            DecimalFormatter::try_new(
                locale.into(),
                icu_decimal::options::DecimalFormatterOptions::default(),
            )
            .ok(),
        )
    }

    /// A number that is written in digits of Rust; anything else, such as `inf`, stays as it is.
    pub(super) fn text(&self, digits: &str) -> String {
        match (&self.0, digits.parse()) {
            (Some(format), Ok(number)) => format.format(&number).to_string(),
            _ => digits.to_owned(),
        }
    }
}

impl Memoizable for Numbers {
    type Args = ();
    type Error = ();

    fn construct(language: LanguageIdentifier, (): ()) -> Result<Self, ()> {
        let locale = language.to_string().parse();
        Ok(Self::new(&locale.map_err(|_| ())?))
    }
}
