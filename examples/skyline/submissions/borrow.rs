// The vector is moved into the loop and used again after it.
use std::io::{self, Read};

fn main() {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text).unwrap();
    let heights: Vec<u32> = text.split_whitespace().skip(1).map(|word| word.parse().unwrap()).collect();
    let mut top = 1;
    for height in heights {
        top = top.max(height);
    }
    for level in (1..=top).rev() {
        let row: Vec<&str> = heights.iter().map(|&height| if height >= level { "#" } else { " " }).collect();
        println!("{}", row.join(" "));
    }
}
