//! Outside formats to and from our own words: bytes in, meaning and a list of problems out.
