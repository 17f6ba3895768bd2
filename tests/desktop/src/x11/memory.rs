//! Memory shared with the X server.
//!
//! Mapping a file into memory is unsafe in Rust because another process may change it at any
//! time. Here that is the point: the X server writes the picture. It only writes during a
//! `GetImage` request, whose reply is awaited before the bytes are read.
#![allow(unsafe_code)]

use super::fault;
use crate::source::SourceError;
use memmap2::MmapMut;
use std::fs::File;
use x11rb::connection::Connection;
use x11rb::protocol::shm::{ConnectionExt, Seg};
use x11rb::rust_connection::RustConnection;

/// A segment for captures.
pub(super) struct Segment {
    id: Seg,
    map: MmapMut,
}

impl Segment {
    pub(super) fn new(connection: &RustConnection, bytes: u32) -> Result<Self, SourceError> {
        let id = connection.generate_id().map_err(fault)?;
        let made = connection
            .shm_create_segment(id, bytes, false)
            .map_err(fault)?
            .reply()
            .map_err(fault)?;
        let file = File::from(made.shm_fd);
        // SAFETY: see the head of this module; the segment was made for us by the server, has
        // this length, and nobody truncates it.
        let map = unsafe { MmapMut::map_mut(&file) }?;
        if map.len() < bytes as usize {
            return Err(fault("the shared memory is too short"));
        }
        Ok(Self { id, map })
    }

    pub(super) fn id(&self) -> Seg {
        self.id
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.map
    }
}
