package main

import "fmt"

func main() {
	var a, b int64
	fmt.Scan(&a, &b)
	var nothing []int
	nothing[a]++
	fmt.Println(a + b)
}
