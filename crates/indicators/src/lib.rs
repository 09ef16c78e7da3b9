//! From dossiers to numbers people can act on, each with its count, definition and scope.
