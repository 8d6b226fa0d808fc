package main

import "fmt"

func main() {
	var a, b string
	fmt.Scan(&a, &b)
	table := make([][]int32, len(a)+1)
	for i := range table {
		table[i] = make([]int32, len(b)+1)
	}
	for i := range a {
		for j := range b {
			switch {
			case a[i] == b[j]:
				table[i+1][j+1] = table[i][j] + 1
			case table[i][j+1] > table[i+1][j]:
				table[i+1][j+1] = table[i][j+1]
			default:
				table[i+1][j+1] = table[i+1][j]
			}
		}
	}
	fmt.Println(table[len(a)][len(b)])
}
