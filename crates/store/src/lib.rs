//! Everything that touches a disk: the log, persons, texts, accounts and the access log.
