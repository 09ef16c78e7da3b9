//! The law's nouns and the decisions made about them: no clock, no disk, no network.
