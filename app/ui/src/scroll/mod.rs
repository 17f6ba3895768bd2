//! Scrolling through rows of which not all heights are known.

pub(crate) mod flow;
pub(crate) mod heights;
#[cfg(test)]
mod tests;
