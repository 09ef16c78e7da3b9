//! Small dense linear algebra over `faer`: least squares with collinear columns dropped and named.

use faer::linalg::solvers::Solve as _;
use faer::{Mat, MatRef, Side};

use crate::fault::Fault;

/// Columns of `x` that are not a linear combination of earlier ones, in order.
///
/// Pivoted in the given order (as R and fixest do), so that the later of two collinear columns is
/// the one that goes. `tolerance` is relative to the column's own sum of squares.
pub fn independent_columns(gram: MatRef<'_, f64>, tolerance: f64) -> Vec<usize> {
    let size = gram.nrows();
    let mut kept: Vec<usize> = Vec::with_capacity(size);
    // Rows of the Cholesky factor of the kept columns.
    let mut factor: Vec<Vec<f64>> = Vec::with_capacity(size);
    for column in 0..size {
        let mut row = Vec::with_capacity(kept.len() + 1);
        for (position, &other) in kept.iter().enumerate() {
            let done: f64 =
                row.iter().zip(&factor[position]).map(|(a, b): (&f64, &f64)| a * b).sum();
            row.push((gram[(column, other)] - done) / factor[position][position]);
        }
        let own = gram[(column, column)];
        let left = own - row.iter().map(|value| value * value).sum::<f64>();
        if left > tolerance * own && own > 0.0 {
            row.push(left.sqrt());
            kept.push(column);
            factor.push(row);
        }
    }
    kept
}

/// The inverse of a symmetric positive definite matrix.
///
/// # Errors
///
/// The matrix is not positive definite.
pub fn inverse(matrix: MatRef<'_, f64>) -> Result<Mat<f64>, Fault> {
    let size = matrix.nrows();
    let factor = matrix.llt(Side::Lower).map_err(|_| singular())?;
    Ok(factor.solve(Mat::<f64>::identity(size, size)))
}

/// Solves `matrix * x = right` for a symmetric positive definite matrix.
///
/// # Errors
///
/// The matrix is not positive definite.
pub fn solve(matrix: MatRef<'_, f64>, right: MatRef<'_, f64>) -> Result<Mat<f64>, Fault> {
    Ok(matrix.llt(Side::Lower).map_err(|_| singular())?.solve(right))
}

fn singular() -> Fault {
    Fault::not_identified(
        "De verklarende variabelen hangen lineair van elkaar af: er is geen unieke schatting.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_two_collinear_columns_goes() {
        // Columns: 1, x, 2x, x^2 over x = 1..4.
        let x = Mat::from_fn(4, 4, |row, column| {
            let value = row as f64 + 1.0;
            [1.0, value, 2.0 * value, value * value][column]
        });
        let gram = x.transpose() * &x;
        assert_eq!(independent_columns(gram.as_ref(), 1e-9), [0, 1, 3]);
        assert!(inverse(gram.as_ref()).is_err());
    }
}
