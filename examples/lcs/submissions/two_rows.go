package main

import "fmt"

func main() {
	var a, b string
	fmt.Scan(&a, &b)
	above, row := make([]int32, len(b)+1), make([]int32, len(b)+1)
	for i := range a {
		for j := range b {
			switch {
			case a[i] == b[j]:
				row[j+1] = above[j] + 1
			case above[j+1] > row[j]:
				row[j+1] = above[j+1]
			default:
				row[j+1] = row[j]
			}
		}
		above, row = row, above
	}
	fmt.Println(above[len(b)])
}
