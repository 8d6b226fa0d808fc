// Right, and in time for few coins.
use std::io::{self, Read};

fn fewest(coins: &[i64], left: i64) -> Option<u32> {
    match coins.split_first() {
        None if left == 0 => Some(0),
        None => None,
        Some((coin, rest)) => {
            let without = fewest(rest, left);
            let with = fewest(rest, left - coin).map(|used| used + 1);
            without.into_iter().chain(with).min()
        }
    }
}

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let numbers: Vec<i64> = text.split_whitespace().map(|word| word.parse().unwrap()).collect();
    match fewest(&numbers[2..], numbers[1]) {
        Some(used) => println!("{}", used),
        None => println!("impossible"),
    }
}
