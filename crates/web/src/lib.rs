//! Everything that touches HTTP: pages and downloads.
