//! The screen, found by its names as a screen reader finds them.
