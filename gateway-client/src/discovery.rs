//! Where the gateway is: the program, its configuration, its port and its token.

/// A gateway on the loopback interface. Made from its own configuration only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    port: u16,
}

impl Endpoint {
    /// The gateway at this port of 127.0.0.1.
    #[must_use]
    pub fn loopback(port: u16) -> Self {
        Self { port }
    }

    /// Its port.
    #[must_use]
    pub fn port(self) -> u16 {
        self.port
    }
}
