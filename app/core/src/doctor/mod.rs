//! Looks at everything that has to work between this computer and a cloud desktop, one thing after
//! the other, and names the one that does not.
//!
//! [`plan`] knows what comes after what, without a clock; [`run`] begins the probes that it names
//! and tells it what they found. The probes use what the program uses: the same door, the same
//! clients, the same stored sign-in. Nothing is written, and nothing is sent that the program does
//! not send anyway.

pub mod bundle;
mod plan;
mod probes;
pub mod redact;
mod run;
mod setup;
mod step;
pub mod text;

pub use plan::{Finding, Plan};
pub use run::{Report, run, stopped};
pub use setup::{FactState, Facts, Graphics, LogTail, Setup, Who};
pub use step::Step;
