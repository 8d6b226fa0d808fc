use std::io;

fn word() -> Vec<u8> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).unwrap();
    line.trim().bytes().collect()
}

fn main() {
    let (a, b) = (word(), word());
    let mut above = vec![0; b.len() + 1];
    let mut row = above.clone();
    for x in &a {
        for (j, y) in b.iter().enumerate() {
            row[j + 1] = if x == y { above[j] + 1 } else { i32::max(above[j + 1], row[j]) };
        }
        std::mem::swap(&mut above, &mut row);
    }
    println!("{}", above[b.len()]);
}
