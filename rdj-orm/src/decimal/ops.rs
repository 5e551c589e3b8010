//! Arithmetic, with numbers of both types.

use std::{
    iter::Sum,
    ops::{Add, AddAssign, Div, DivAssign, Mul, MulAssign, Neg, Rem, RemAssign, Sub, SubAssign},
};

use rust_decimal::Decimal as Plain;

use super::Decimal;

macro_rules! operator {
    ($($trait:ident $op:ident, $assign:ident $op_assign:ident;)*) => {$(
        operator!(@ $trait $op: Decimal, Decimal);
        operator!(@ $trait $op: Decimal, &Decimal);
        operator!(@ $trait $op: &Decimal, Decimal);
        operator!(@ $trait $op: &Decimal, &Decimal);
        operator!(@ $trait $op: Decimal, Plain);
        operator!(@ $trait $op: Plain, Decimal);

        impl<T> $assign<T> for Decimal
        where
            Self: $trait<T, Output = Self>,
        {
            fn $op_assign(&mut self, other: T) {
                *self = (*self).$op(other);
            }
        }
    )*};
    (@ $trait:ident $op:ident: $one:ty, $other:ty) => {
        impl $trait<$other> for $one {
            type Output = Decimal;

            fn $op(self, other: $other) -> Decimal {
                Decimal(Plain::from(self.to_owned()).$op(Plain::from(other.to_owned())))
            }
        }
    };
}
operator! {
    Add add, AddAssign add_assign;
    Sub sub, SubAssign sub_assign;
    Mul mul, MulAssign mul_assign;
    Div div, DivAssign div_assign;
    Rem rem, RemAssign rem_assign;
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Self> for Decimal {
    fn sum<I: Iterator<Item = &'a Self>>(numbers: I) -> Self {
        numbers.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_both_types_are_counted() {
        let price = Decimal::new(150, 2);
        assert_eq!(price + Plain::ONE, Decimal::new(25, 1));
        assert_eq!(Plain::ONE - price, Decimal::new(-5, 1));
        assert_eq!(-(price * price), Decimal::new(-225, 2));
        assert_eq!(price / Decimal::from(3), Plain::new(5, 1).into());
        assert_eq!([price, price].iter().sum::<Decimal>(), Decimal::from(3));
        let mut left = Decimal::from(7);
        left -= price;
        left %= Decimal::from(2);
        assert_eq!(left, price);
        assert!(*price > Plain::ONE);
    }
}
