//! How long something lasts, with some still running.
