//! Discovery as a whole.
