// unwrap panics for what an i32 cannot hold: exit code 101.
use std::io;

fn main() {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    let sum: i64 = line.split_whitespace().map(|word| i64::from(word.parse::<i32>().unwrap())).sum();
    println!("{}", sum);
}
