package main

import "fmt"

// The array is too short for the highest tower: a panic, exit code 2.
func main() {
	var n, height int
	fmt.Scan(&n)
	rows := make([]string, 20)
	top := 1
	for i := 0; i < n; i++ {
		fmt.Scan(&height)
		if height > top {
			top = height
		}
		for level := 0; level <= height || level < len(rows); level++ {
			mark := "  "
			if level < height {
				mark = "# "
			}
			rows[level] += mark
		}
	}
	for level := top - 1; level >= 0; level-- {
		fmt.Println(rows[level])
	}
}
