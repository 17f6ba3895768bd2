//! Signed HTTP between programs of ours on one machine.
