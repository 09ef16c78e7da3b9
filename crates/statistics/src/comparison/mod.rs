//! Fair comparison of teams, providers and persons.
