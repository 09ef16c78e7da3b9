//! From a question about a change in the access to an answer with its limits.
