//! How a stored shape mirrors a domain type, both ways and without gaps.

/// A stored shape of the domain type `D`.
pub(crate) trait Shape<D>: Sized {
    /// The stored shape of a value.
    fn store(value: &D) -> Self;
    /// The value of a stored shape.
    fn restore(self) -> D;
}

/// Plain values are stored as they are.
macro_rules! plain {
    ($($type:ty),*) => {$(
        impl Shape<$type> for $type {
            fn store(value: &$type) -> Self { value.clone() }
            fn restore(self) -> $type { self }
        }
    )*};
}

plain!(bool, u8, u16, u32, u64, i16, i64, String);

impl<D, S: Shape<D>> Shape<Option<D>> for Option<S> {
    fn store(value: &Option<D>) -> Self {
        value.as_ref().map(S::store)
    }

    fn restore(self) -> Option<D> {
        self.map(S::restore)
    }
}

impl<D, S: Shape<D>> Shape<Vec<D>> for Vec<S> {
    fn store(value: &Vec<D>) -> Self {
        value.iter().map(S::store).collect()
    }

    fn restore(self) -> Vec<D> {
        self.into_iter().map(S::restore).collect()
    }
}

impl<D, S: Shape<D>> Shape<Box<D>> for Box<S> {
    fn store(value: &Box<D>) -> Self {
        Box::new(S::store(value))
    }

    fn restore(self) -> Box<D> {
        Box::new((*self).restore())
    }
}

impl<D, E, S: Shape<D>, T: Shape<E>> Shape<(D, E)> for (S, T) {
    fn store(value: &(D, E)) -> Self {
        (S::store(&value.0), T::store(&value.1))
    }

    fn restore(self) -> (D, E) {
        (self.0.restore(), self.1.restore())
    }
}

/// A domain type of one field, stored as that field.
macro_rules! newtype {
    ($($domain:ident: $inner:ty),* $(,)?) => {$(
        impl Shape<domain::$domain> for $inner {
            fn store(value: &domain::$domain) -> Self { value.0 }
            fn restore(self) -> domain::$domain { domain::$domain(self) }
        }
    )*};
}

/// A stored struct with the fields of a domain struct.
macro_rules! shape_struct {
    ($name:ident = $($domain:ident)::+ { $($field:ident: $type:ty),* $(,)? }) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }
        const _: () = {
            use $($domain)::+ as Source;
            impl $crate::stored::v1::Shape<Source> for $name {
                fn store(value: &Source) -> Self {
                    let Source { $($field),* } = value;
                    $name { $($field: $crate::stored::v1::Shape::store($field)),* }
                }
                fn restore(self) -> Source {
                    let $name { $($field),* } = self;
                    Source { $($field: $crate::stored::v1::Shape::restore($field)),* }
                }
            }
        };
    };
}

/// A stored enum with the variants of a domain enum.
macro_rules! shape_enum {
    ($name:ident = $($domain:ident)::+ { $(
        $variant:ident $(($inner:ident: $type:ty))? $({ $($field:ident: $part:ty),* $(,)? })?
    ),* $(,)? }) => {
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case", deny_unknown_fields)]
        pub(crate) enum $name { $($variant $(($type))? $({ $($field: $part),* })?),* }
        const _: () = {
            use $($domain)::+ as Source;
            impl $crate::stored::v1::Shape<Source> for $name {
                fn store(value: &Source) -> Self {
                    match value { $(
                        Source::$variant $(($inner))? $({ $($field),* })? =>
                            $name::$variant
                                $(($crate::stored::v1::Shape::store($inner)))?
                                $({ $($field: $crate::stored::v1::Shape::store($field)),* })?,
                    )* }
                }
                fn restore(self) -> Source {
                    match self { $(
                        $name::$variant $(($inner))? $({ $($field),* })? =>
                            Source::$variant
                                $(($crate::stored::v1::Shape::restore($inner)))?
                                $({ $($field: $crate::stored::v1::Shape::restore($field)),* })?,
                    )* }
                }
            }
        };
    };
}
