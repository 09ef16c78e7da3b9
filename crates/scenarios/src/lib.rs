//! Stories across rooms: events in, numbers and pages out; tests only.
