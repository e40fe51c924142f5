//! Ridge regression kept up with one observation at a time, older ones fading.
//!
//! Recursive least squares with exponential forgetting (Haykin, Adaptive Filter Theory, 2002, ch. 9), kept as the
//! normal equations rather than their inverse: that stays symmetric whatever the rounding, and can be recomputed.

use serde::{Deserialize, Serialize};

/// The faded sums of `x xᵀ` and `x y`, and the coefficients they give.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Regression<const N: usize> {
    /// Lower triangle, row by row.
    products: Vec<f64>,
    #[serde(with = "fixed")]
    targets: [f64; N],
    #[serde(with = "fixed")]
    prior: [f64; N],
    ridge: f64,
    #[serde(with = "fixed")]
    coefficients: [f64; N],
    observations: u64,
}

impl<const N: usize> Regression<N> {
    /// What is believed before anything was seen, and the number of observations' worth of trust in it.
    pub fn believing(prior: [f64; N], ridge: f64) -> Self {
        Regression {
            products: vec![0.0; N * (N + 1) / 2],
            targets: [0.0; N],
            prior,
            ridge,
            coefficients: prior,
            observations: 0,
        }
    }

    pub fn predict(&self, x: &[f64; N]) -> f64 {
        self.coefficients.iter().zip(x).map(|(coefficient, value)| coefficient * value).sum()
    }

    /// Takes in one observation; each earlier one counts `keep` times as much as before.
    pub fn learn(&mut self, x: &[f64; N], y: f64, keep: f64) {
        let mut at = 0;
        for row in 0..N {
            for column in 0..=row {
                self.products[at] = self.products[at] * keep + x[row] * x[column];
                at += 1;
            }
            self.targets[row] = self.targets[row] * keep + x[row] * y;
        }
        self.observations += 1;
        // Thirty observations are fewer than twice the coefficients: until then the prior speaks alone.
        if self.observations > 30 {
            self.solve();
        }
    }

    /// Cholesky: the ridge makes the matrix positive definite.
    fn solve(&mut self) {
        let mut lower = self.products.clone();
        let index = |row: usize, column: usize| row * (row + 1) / 2 + column;
        for row in 0..N {
            for column in 0..=row {
                let mut sum = lower[index(row, column)];
                if row == column {
                    sum += self.ridge;
                }
                for before in 0..column {
                    sum -= lower[index(row, before)] * lower[index(column, before)];
                }
                lower[index(row, column)] =
                    if row == column { sum.max(1e-9).sqrt() } else { sum / lower[index(column, column)] };
            }
        }
        let mut solution = [0.0; N];
        for row in 0..N {
            let mut sum = self.targets[row] + self.ridge * self.prior[row];
            for (before, known) in solution.iter().enumerate().take(row) {
                sum -= lower[index(row, before)] * known;
            }
            solution[row] = sum / lower[index(row, row)];
        }
        for row in (0..N).rev() {
            let mut sum = solution[row];
            for (after, known) in solution.iter().enumerate().skip(row + 1) {
                sum -= lower[index(after, row)] * known;
            }
            solution[row] = sum / lower[index(row, row)];
        }
        self.coefficients = solution;
    }
}

/// Arrays of any length as JSON lists; serde itself stops at 32 and knows no const length.
pub(super) mod fixed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer, const N: usize>(values: &[f64; N], serializer: S) -> Result<S::Ok, S::Error> {
        values.as_slice().serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>, const N: usize>(deserializer: D) -> Result<[f64; N], D::Error> {
        let values = Vec::<f64>::deserialize(deserializer)?;
        let length = values.len();
        values.try_into().map_err(|_| D::Error::custom(format!("{length} numbers where {N} belong")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prior_speaks_until_there_is_data_then_the_data() {
        let mut line = Regression::believing([0.0, 1.0], 0.01);
        assert_eq!(line.predict(&[1.0, 3.0]), 3.0);
        for step in 0..200 {
            let x = f64::from(step % 10);
            line.learn(&[1.0, x], 2.0 + 0.5 * x, 1.0);
        }
        assert!((line.predict(&[1.0, 4.0]) - 4.0).abs() < 0.01);
    }

    #[test]
    fn it_reads_back_from_its_own_json() {
        let mut line = Regression::believing([0.0, 1.0], 1.0);
        (0..40).for_each(|step| line.learn(&[1.0, f64::from(step)], f64::from(step) * 2.0, 0.99));
        let text = serde_json::to_string(&line).unwrap();
        let back: Regression<2> = serde_json::from_str(&text).unwrap();
        assert!((line.predict(&[1.0, 5.0]) - back.predict(&[1.0, 5.0])).abs() < 1e-12);
    }
}
