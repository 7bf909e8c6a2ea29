//! The binary autobot: settings, the six phases, rendering, exit codes.
