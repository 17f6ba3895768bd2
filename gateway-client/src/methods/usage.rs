//! `usage.*`: what the models cost.

use super::lenient::{answer, method};

method! {
    /// What was used of the providers' allowances.
    pub struct Status = "usage.status" -> Allowances, 60 s {}
    /// What was used, day by day.
    pub struct Cost = "usage.cost" -> Days, 60 s {}
}

answer! {
    /// What was used of the providers' allowances.
    pub struct Allowances {
        /// When, in milliseconds since 1970.
        pub updated_at: Option<u64>,
        /// The providers.
        pub providers: Vec<Allowance>,
    }
    /// What was used of a provider's allowance.
    pub struct Allowance {
        /// Its id.
        pub provider: String,
        /// For people.
        pub display_name: Option<String>,
        /// Parts of it.
        pub windows: Vec<Window>,
        /// What went wrong.
        pub error: Option<String>,
    }
    /// A part of an allowance.
    pub struct Window {
        /// For people.
        pub label: String,
        /// 0 to 100.
        pub used_percent: Option<f64>,
        /// When it starts anew, in milliseconds since 1970.
        pub reset_at: Option<u64>,
    }
    /// What was used, day by day.
    pub struct Days {
        /// When, in milliseconds since 1970.
        pub updated_at: Option<u64>,
        /// How many days.
        pub days: Option<u64>,
        /// The days.
        pub daily: Vec<Day>,
        /// All of them.
        pub totals: Day,
    }
    /// What was used.
    pub struct Day {
        /// `2026-11-21`; empty for totals.
        pub date: String,
        /// Tokens read.
        pub input: u64,
        /// Tokens written.
        pub output: u64,
        /// All tokens.
        pub total_tokens: u64,
        /// In US dollars.
        pub total_cost: f64,
    }
}
