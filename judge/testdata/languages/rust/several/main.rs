mod help;

fn main() {
    let zero: i64 = std::fs::read_to_string("zero.txt").unwrap().trim().parse().unwrap();
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let n: Vec<i64> = line.split_whitespace().map(|w| w.parse().unwrap()).collect();
    println!("{}", help::add(n[0], n[1]) + zero);
}
