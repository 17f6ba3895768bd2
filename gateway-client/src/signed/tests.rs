//! Both halves.
